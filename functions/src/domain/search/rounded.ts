/** To so many decimals, as numbers are told and recorded. */
export const rounded = (value: number, digits = 4): number => Math.round(value * 10 ** digits) / 10 ** digits;
