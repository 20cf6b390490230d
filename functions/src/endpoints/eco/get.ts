import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { EcoId } from '../../contract/ids.ts';
import { OccupationTemplate } from '../../contract/occupation.ts';
import { describeOccupation } from '../../domain/eco/describe.ts';
import { locales } from '../../domain/eco/occupations.ts';
import { Confidence, CrosswalkLink, IscoLink, OccupationGroup, TaxonomyVersion } from './answer.ts';

export const get = endpoint({
  id: 'eco.get',
  summary: 'One occupation: names, description, what it asks for, and where else it is to be found.',
  route: 'GET /v1/occupations/{ecoId}',
  scope: 'occupations:read',
  needs: ['taxonomy', 'occupationOverrides'],
  input: z.strictObject({ ecoId: EcoId, locale: z.enum(locales).default('pt-BR') }),
  output: z.strictObject({
    ecoId: EcoId,
    title: z.string(),
    locale: z.string(),
    description: z
      .strictObject({
        text: z.string(),
        locale: z.string(),
        from: EcoId.meta({ description: 'The occupation it was written of: this one, or its counterpart in ESCO.' }),
      })
      .nullable(),
    aliases: z.array(z.string()).meta({ description: 'Other names in the same language, at most 50.' }),
    tenantAliases: z.array(z.string()).meta({ description: 'Your organisation’s own names for it.' }),
    industries: z.array(z.string()).meta({ description: 'As your organisation named them; no classification says.' }),
    group: OccupationGroup,
    template: z
      .strictObject({
        ...OccupationTemplate.shape,
        source: z.enum(['tenant', 'esco']).meta({ description: 'ESCO names skills in English.' }),
        from: EcoId.meta({ description: 'The occupation that it was said of.' }),
        confidence: Confidence,
      })
      .nullable(),
    crosswalk: z.strictObject({ isco: z.array(IscoLink), links: z.array(CrosswalkLink) }),
    taxonomyVersion: TaxonomyVersion,
  }),
  errors: ['occupation.not_found'],
  cache: { seconds: 3_600, dropOn: ['occupation.changed'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 100 },
  example: {
    input: { ecoId: 'cbo:2235-05' as EcoId },
    output: {
      ecoId: 'cbo:2235-05' as EcoId,
      title: 'Enfermeiro',
      locale: 'pt-BR',
      description: {
        text: 'Os enfermeiros especialistas promovem e restabelecem a saúde dos doentes.',
        locale: 'pt',
        from: 'esco:18e14e61-495b-44cc-a7c6-df4c625934ba' as EcoId,
      },
      aliases: [],
      tenantAliases: [],
      industries: [],
      group: { scheme: 'cbo', code: '2235' },
      template: {
        requiredSkills: ['respond to changing situations in health care'],
        preferredSkills: [],
        source: 'esco',
        from: 'esco:18e14e61-495b-44cc-a7c6-df4c625934ba' as EcoId,
        confidence: 0.86,
      },
      crosswalk: {
        isco: [
          {
            code: '2221',
            title: 'Enfermeiros generalistas e especialistas',
            method: 'lexical',
            source: 'Headhunter',
            confidence: 0.86,
          },
        ],
        links: [],
      },
      taxonomyVersion: '6d1f063a9e7bc461',
    },
  },
  handler: ({ ctx, input: { ecoId, locale } }) => describeOccupation(ctx, ecoId, locale),
});
