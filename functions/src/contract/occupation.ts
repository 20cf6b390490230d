import { z } from 'zod';
import { text } from './text.ts';

/** What is asked of people in an occupation. */
export const OccupationTemplate = z
  .strictObject({
    requiredSkills: z.array(text(1, 120)).max(50).default([]),
    preferredSkills: z.array(text(1, 120)).max(50).default([]),
    yearsExperienceMin: z.number().min(0).max(60).optional(),
    yearsExperienceMax: z.number().min(0).max(60).optional(),
  })
  .refine(
    ({ yearsExperienceMin: min, yearsExperienceMax: max }) => min === undefined || max === undefined || min <= max,
    {
      message: 'must be at least yearsExperienceMin',
      path: ['yearsExperienceMax'],
    },
  );
export type OccupationTemplate = z.output<typeof OccupationTemplate>;

/** What a tenant says of an occupation beyond the taxonomy. */
export interface OccupationOverride {
  readonly aliases: readonly string[];
  readonly industries: readonly string[];
  readonly template: OccupationTemplate | null;
}

/** A tenant's own names for one occupation, and over all of them. */
export const mostAliasesOfOccupation = 20;
export const mostTenantAliases = 2_000;
