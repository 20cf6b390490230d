import { z } from 'zod';
import { CountryCode } from '../../contract/candidate.ts';
import { endpoint } from '../../contract/endpoint.ts';
import type { EcoId } from '../../contract/ids.ts';
import { text } from '../../contract/text.ts';
import { findOccupations } from '../../domain/eco/find-occupations.ts';
import { locales, occupationsOf } from '../../domain/eco/occupations.ts';
import { tenantTitlesOf } from '../../domain/eco/tenant-titles.ts';
import { FoundOccupation, LevelInTitle, TaxonomyVersion } from './answer.ts';

export const search = endpoint({
  id: 'eco.search',
  summary: 'Occupations by title, however it is spelled, abbreviated or gendered, or by what the title means.',
  route: 'GET /v1/occupations/search',
  scope: 'occupations:read',
  needs: ['taxonomy', 'occupationOverrides', 'localModel'],
  input: z.strictObject({
    title: text(2, 120),
    locale: z
      .enum(locales)
      .default('pt-BR')
      .meta({ description: 'The language of the answer; titles are found in both.' }),
    country: CountryCode.default('BR').meta({
      description:
        'Whose occupations: BR those of CBO, ESCO and Brazilian adverts, US those of O*NET and ESCO, others ESCO’s.',
    }),
    limit: z.int().min(1).max(50).default(10),
  }),
  output: z.strictObject({
    results: z.array(FoundOccupation),
    seniority: LevelInTitle,
    taxonomyVersion: TaxonomyVersion,
  }),
  errors: [],
  cache: { seconds: 120, dropOn: ['occupation.changed'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '512MiB', minInstances: 1, concurrency: 80 },
  slo: { p95Ms: 60 },
  example: {
    input: { title: 'eng. de software pl.', limit: 1 },
    output: {
      results: [
        {
          ecoId: 'own:software-engineer' as EcoId,
          title: 'Engenheiro de software',
          locale: 'pt-BR',
          group: { scheme: 'isco', code: '2512' },
          confidence: 1,
          matched: { text: 'Engenheiro de software', as: 'title' },
        },
      ],
      seniority: 'mid',
      taxonomyVersion: '6d1f063a9e7bc461',
    },
  },
  handler: async ({ ctx, input }) => {
    const [occupations, own] = await Promise.all([
      occupationsOf(ctx.taxonomy),
      tenantTitlesOf(ctx.occupationOverrides),
    ]);
    const { occupations: results, seniority } = findOccupations({ occupations, own, model: ctx.localModel }, input);
    return { results, seniority, taxonomyVersion: occupations.version };
  },
});
