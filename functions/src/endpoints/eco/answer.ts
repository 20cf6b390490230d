import { z } from 'zod';
import { Seniority } from '../../contract/candidate.ts';
import { EcoId } from '../../contract/ids.ts';
import { crosswalkMatches, crosswalkMethods } from '../../contract/taxonomy.ts';

export const Confidence = z.number().min(0).max(1);

export const TaxonomyVersion = z
  .string()
  .meta({ description: 'Of the taxonomy that answered; changes with its content.' });

/** `own` is grouped by ISCO-08 too. */
export const OccupationGroup = z.strictObject({ scheme: z.enum(['isco', 'cbo', 'soc']), code: z.string() });

/** An occupation that a written title may mean. */
export const FoundOccupation = z.strictObject({
  ecoId: EcoId,
  title: z.string(),
  locale: z
    .string()
    .meta({ description: 'The language of `title`; another than the one asked for where there is none in that.' }),
  group: OccupationGroup,
  confidence: Confidence,
  matched: z.strictObject({
    text: z.string().meta({ description: 'The title it was found by; found by meaning, its own.' }),
    as: z.enum(['title', 'alias', 'tenant-alias', 'meaning']).meta({
      description: 'By letters and words of a title, or by what the title asked for means where that says more.',
    }),
  }),
});

export const LevelInTitle = Seniority.nullable().meta({
  description: 'The level the title names; it is no part of the occupation.',
});

export const CrosswalkLink = z.strictObject({
  to: EcoId,
  title: z.string(),
  match: z.enum(crosswalkMatches),
  method: z.enum(crosswalkMethods),
  source: z.string().meta({ description: 'Who says so.' }),
  confidence: Confidence,
  through: EcoId.nullable().meta({ description: 'The ESCO occupation on the way, where no link leads there at once.' }),
});

export const IscoLink = z.strictObject({
  code: z.string(),
  title: z.string(),
  method: z.enum(crosswalkMethods),
  source: z.string(),
  confidence: Confidence,
});
