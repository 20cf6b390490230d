/** So many that tell of something make half of its certainty. */
const half = 10;

/** How sure `count` tellings make us: count / (count + 10), 0..1. */
export const certainty = (count: number): number => count / (count + half);

/** .5 c(skills) + .3 c(years) + .2 c(regions), c being the certainty of how many tell of each; 0..1, to three digits. */
export const templateConfidence = (telling: { skills: number; years: number; regions: number }): number =>
  Math.round(
    (0.5 * certainty(telling.skills) + 0.3 * certainty(telling.years) + 0.2 * certainty(telling.regions)) * 1e3,
  ) / 1e3;
