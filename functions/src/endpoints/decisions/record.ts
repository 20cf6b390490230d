import { z } from 'zod';
import { ModelLabel } from '../../contract/embedding.ts';
import { signalNames } from '../../contract/signal.ts';
import { presets } from '../../domain/search/weights.ts';

/** What a ranking was computed by. */
export const Versions = z.strictObject({
  code: z.string().meta({ description: 'The revision of the deployed code.' }),
  embedder: ModelLabel,
  embedderVersion: z.string().nullable(),
  lexicon: z.string(),
  derivation: z.int().meta({ description: 'Of what is derived from a profile when it is written.' }),
  marketCountedAt: z.iso.datetime().nullable(),
});

export const Weights = z
  .strictObject(
    Object.fromEntries(signalNames.map((name) => [name, z.number().min(0)])) as {
      [Name in (typeof signalNames)[number]]: z.ZodNumber;
    },
  )
  .meta({ description: 'Before they are renormalised over the signals that a person has.' });

export const exampleVersions = {
  code: 'search-hybrid-00042-abc',
  embedder: { provider: 'local' as const, model: 'static-2', dimensions: 128 },
  embedderVersion: '1c2d3e4f',
  lexicon: '2026-01-01',
  derivation: 3,
  marketCountedAt: null,
};
export const exampleWeights = presets.default;

export const exampleUnderstanding = {
  skills: [
    {
      anyOf: [{ id: 'java', label: 'Java', at: { field: 'query' as const, start: 0, end: 4 } }],
      importance: 'required' as const,
    },
  ],
  ignored: [],
  titles: [],
  functions: [],
  seniority: [],
  years: {},
  places: [{ name: 'Recife', keys: ['recife'] }],
  languages: [],
  workModes: [],
  words: [],
};
