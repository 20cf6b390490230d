import { setImmediate as letOthersRun } from 'node:timers/promises';
import { z } from 'zod';
import { CountryCode } from '../../contract/candidate.ts';
import { endpoint } from '../../contract/endpoint.ts';
import type { EcoId } from '../../contract/ids.ts';
import { text } from '../../contract/text.ts';
import { type FoundByTitle, findOccupations } from '../../domain/eco/find-occupations.ts';
import { locales, occupationsOf } from '../../domain/eco/occupations.ts';
import { tenantTitlesOf } from '../../domain/eco/tenant-titles.ts';
import { FoundOccupation, LevelInTitle, TaxonomyVersion } from './answer.ts';

export const normalize = endpoint({
  id: 'eco.normalize',
  summary: 'Titles as people wrote them, to occupations and levels.',
  route: 'POST /v1/occupations/normalize',
  scope: 'occupations:read',
  needs: ['taxonomy', 'occupationOverrides', 'localModel'],
  input: z.strictObject({
    titles: z.array(text(2, 120)).min(1).max(100),
    locale: z.enum(locales).default('pt-BR'),
    country: CountryCode.default('BR'),
    limit: z.int().min(1).max(10).default(3).meta({ description: 'Occupations for each title.' }),
  }),
  output: z.strictObject({
    results: z
      .array(z.strictObject({ title: z.string(), seniority: LevelInTitle, occupations: z.array(FoundOccupation) }))
      .meta({ description: 'In the order of `titles`.' }),
    taxonomyVersion: TaxonomyVersion,
  }),
  errors: [],
  cache: { seconds: 120, dropOn: ['occupation.changed'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 15, callsPerSecond: 10 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 20 },
  slo: { p95Ms: 1_500 },
  example: {
    input: { titles: ['Enfermeiro(a) UTI Sr.'], limit: 1 },
    output: {
      results: [
        {
          title: 'Enfermeiro(a) UTI Sr.',
          seniority: 'senior',
          occupations: [
            {
              ecoId: 'cbo:2235-25' as EcoId,
              title: 'Enfermeiro de terapia intensiva',
              locale: 'pt-BR',
              group: { scheme: 'cbo', code: '2235' },
              confidence: 0.94,
              matched: { text: 'Enfermeiro de terapia intensiva', as: 'title' },
            },
          ],
        },
      ],
      taxonomyVersion: '6d1f063a9e7bc461',
    },
  },
  handler: async ({ ctx, input: { titles, ...how } }) => {
    const [occupations, own] = await Promise.all([
      occupationsOf(ctx.taxonomy),
      tenantTitlesOf(ctx.occupationOverrides),
    ]);
    const results: (FoundByTitle & { title: string })[] = [];
    for (const title of titles) {
      results.push({ title, ...findOccupations({ occupations, own, model: ctx.localModel }, { title, ...how }) });
      // A hundred titles are half a second in which nobody else would be answered.
      await letOthersRun();
    }
    return { results, taxonomyVersion: occupations.version };
  },
});
