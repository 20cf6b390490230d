/** How often a skill is told of a role; weights count an older advertisement less. */
export interface SkillTelling {
  /** Advertisements that require it, that prefer it, and people in the role who have it. */
  readonly required: number;
  readonly preferred: number;
  readonly people: number;
  /** Of those: the sum of weights. */
  readonly weight: number;
  /** Of everything the tenant has, the share that names it, 0..1. */
  readonly share: number;
}

/** Advertisements and people of the role: how many, and the sum of their weights. */
export interface RoleTelling {
  readonly count: number;
  readonly weight: number;
}

/** What a skill's share in all the tenant has counts for, in tellings of the role. */
const prior = 5;
const leastTellings = 2;
const leastConfidence = 0.35;

/**
 * The earlier system's formula: .4 Bayesian frequency + .6 weighted share, 0..1 to three digits. The frequency is drawn to
 * the skill's share in everything as if five more tellings had that; the weighted share is that of the weights. Null for a skill
 * that is told less than twice, or comes to less than .35.
 */
export function skillConfidence(skill: SkillTelling, role: RoleTelling): number | null {
  const told = skill.required + skill.preferred + skill.people;
  if (told < leastTellings || role.weight <= 0) return null;
  const frequency = (told + prior * skill.share) / (role.count + prior);
  const confidence = 0.4 * frequency + 0.6 * Math.min(1, skill.weight / role.weight);
  return confidence < leastConfidence ? null : Math.round(confidence * 1e3) / 1e3;
}

/** Whether advertisements require it at least as often as they prefer it; that people have it says neither. */
export const isRequired = ({ required, preferred }: SkillTelling): boolean => required > 0 && required >= preferred;
