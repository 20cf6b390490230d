import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { Problem } from '../../contract/errors.ts';
import { EcoId } from '../../contract/ids.ts';
import { locales } from '../../domain/eco/occupations.ts';
import { tellCrosswalk } from '../../domain/eco/tell-crosswalk.ts';
import { CrosswalkLink, IscoLink, TaxonomyVersion } from './answer.ts';

export const crosswalk = endpoint({
  id: 'eco.crosswalk',
  summary: 'Where an occupation is to be found in CBO, ISCO-08, ESCO and O*NET, who says so, and how sure it is.',
  route: 'GET /v1/occupations/{ecoId}/crosswalk',
  scope: 'occupations:read',
  needs: ['taxonomy'],
  input: z.strictObject({ ecoId: EcoId, locale: z.enum(locales).default('pt-BR') }),
  output: z.strictObject({
    ecoId: EcoId,
    isco: z.array(IscoLink),
    links: z.array(CrosswalkLink).meta({ description: 'The surest first; at most 10 of each classification.' }),
    taxonomyVersion: TaxonomyVersion,
  }),
  errors: ['occupation.not_found'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 60 },
  example: {
    input: { ecoId: 'own:data-engineer' as EcoId },
    output: {
      ecoId: 'own:data-engineer' as EcoId,
      isco: [
        {
          code: '2521',
          title: 'Especialistas em base de dados',
          method: 'curated',
          source: 'Headhunter',
          confidence: 1,
        },
      ],
      links: [
        {
          to: 'onet:15-2051.00' as EcoId,
          title: 'Data Scientists',
          match: 'related',
          method: 'lexical',
          source: 'Headhunter',
          confidence: 0.655,
          through: 'esco:d3edb8f8-3a06-47a0-8fb9-9b212c006aa2' as EcoId,
        },
      ],
      taxonomyVersion: '6d1f063a9e7bc461',
    },
  },
  handler: async ({ ctx, input: { ecoId, locale } }) => {
    const told = await tellCrosswalk(ctx.taxonomy, ecoId, locale);
    if (!told) throw new Problem('occupation.not_found');
    return { ecoId, ...told, taxonomyVersion: ctx.taxonomy.manifest.version };
  },
});
