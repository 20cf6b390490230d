/** Days after which what was seen counts half. */
export const halfLifeDays = 30;

/**
 * Pointwise mutual information in bits (Church and Hanks 1990): log2 of how much oftener two are named together than if neither
 * cared for the other, `joint * total / (a * b)`; negative when they avoid each other. Counts are of advertisements, above 0.
 */
export const pmi = (joint: number, a: number, b: number, total: number): number => Math.log2((joint * total) / (a * b));

/** 1 for today, one half after each `halfLifeDays`; days count back from the end of the data. */
export const decay = (days: number): number => 2 ** (-days / halfLifeDays);
