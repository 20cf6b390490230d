import { z } from 'zod';
import { Seniority } from '../../contract/candidate.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { EcoId } from '../../contract/ids.ts';
import { regionBandNames } from '../../domain/msgs/region-bands.ts';
import { roleTemplate } from '../../domain/msgs/role-template.ts';
import { Coverage } from './market-answer.ts';

const Skill = z.strictObject({
  skillId: z.string().nullable().meta({
    description: '`esco-skill:...` of a skill that only the taxonomy knows; null of your own words that neither knows.',
  }),
  label: z.string().meta({ description: 'In English where the taxonomy has no other.' }),
  importance: z.number().min(0).max(1).nullable().meta({ description: 'Share of the advertisements that ask for it.' }),
  support: z.int().min(2).nullable().meta({ description: 'Advertisements; null when it is not from postings.' }),
  source: z.array(z.enum(['postings', 'taxonomy', 'tenant'])).min(1),
});

const Stated = z.strictObject({
  source: z.enum(['tenant', 'esco']).meta({ description: 'Your own template takes the place of ESCO’s.' }),
  from: EcoId.meta({ description: 'The occupation that it was said of.' }),
  confidence: z.number().min(0).max(1),
  taxonomyVersion: z.string(),
});

export const template = endpoint({
  id: 'msgs.template',
  summary:
    'What a role asks for: skills, years and regions as advertisements have it, and skills as the taxonomy or you state them.',
  route: 'POST /v1/roles/template',
  scope: 'market:read',
  needs: ['market', 'lexicon', 'taxonomy', 'occupationOverrides'],
  input: z.strictObject({
    ecoId: EcoId,
    locale: z.enum(['pt-BR', 'en']).default('pt-BR'),
    experienceLevel: Seniority.optional().meta({ description: 'Of the advertisements; the taxonomy knows no levels.' }),
    includeDemand: z.boolean().default(false),
  }),
  output: z.strictObject({
    ecoId: EcoId,
    locale: z.enum(['pt-BR', 'en']),
    title: z.string(),
    version: z
      .string()
      .meta({ description: 'Last day of the postings, the lexicon that read them, and the taxonomy.' }),
    experienceLevel: Seniority.nullable(),
    requiredSkills: z
      .array(Skill)
      .max(75)
      .meta({ description: 'The most asked for first; then those that are stated and not asked for.' }),
    preferredSkills: z.array(Skill).max(75),
    yearsExperienceMin: z
      .number()
      .min(0)
      .nullable()
      .meta({ description: 'As your own template has it, else the lower quartile of `years`.' }),
    yearsExperienceMax: z.number().min(0).nullable(),
    years: z
      .strictObject({ p25: z.number(), p50: z.number(), p75: z.number(), count: z.int() })
      .nullable()
      .meta({ description: 'Null when fewer than 5 advertisements say how many years they ask for.' }),
    prevalenceByRegion: z
      .array(
        z.strictObject({
          region: z.string(),
          share: z.number().min(0).max(1),
          ads: z.int(),
          band: z.enum(regionBandNames),
        }),
      )
      .max(60),
    confidence: z.number().min(0).max(1).meta({ description: 'Of what is from postings; 0 without them.' }),
    demandIndex: z
      .number()
      .nullable()
      .optional()
      .meta({ description: 'Mean of the required skills’ latest EMA of advertisements a week.' }),
    data: z.strictObject({
      postings: Coverage.nullable().meta({ description: 'Null when there are fewer than 5 advertisements.' }),
      stated: Stated.nullable().meta({ description: 'Null when nobody states what the occupation asks for.' }),
    }),
    generatedAt: z.string(),
  }),
  errors: ['occupation.not_found', 'market.not_found'],
  cache: { seconds: 900, dropOn: ['postings.imported', 'occupation.changed'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 15, callsPerSecond: 20 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 1_000 },
  example: {
    input: { ecoId: 'own:backend-engineer' as EcoId },
    output: {
      ecoId: 'own:backend-engineer' as EcoId,
      locale: 'pt-BR',
      title: 'Desenvolvedor backend',
      version: '2026-01-06.0bd0b054.6d1f063a',
      experienceLevel: null,
      requiredSkills: [{ skillId: 'java', label: 'Java', importance: 1, support: 12, source: ['postings'] }],
      preferredSkills: [
        {
          skillId: 'esco-skill:2b7a79e5-84d8-4880-be66-3d9bb05bea17',
          label: 'use software design patterns',
          importance: null,
          support: null,
          source: ['taxonomy'],
        },
      ],
      yearsExperienceMin: null,
      yearsExperienceMax: null,
      years: null,
      prevalenceByRegion: [{ region: 'BR-SP', share: 0.667, ads: 8, band: 'very_high' }],
      confidence: 0.382,
      data: {
        postings: { rows: { own: 2, shared: 0 }, ads: 12, from: '2026-01-05', to: '2026-01-06', sources: ['example'] },
        stated: {
          source: 'esco',
          from: 'esco:866c7813-2c03-47d7-9bdc-192cfbace57c' as EcoId,
          confidence: 0.66,
          taxonomyVersion: '6d1f063a9e7bc461',
        },
      },
      generatedAt: '2026-01-08T12:00:00.000Z',
    },
  },
  handler: ({ ctx, input }) => roleTemplate(ctx, input),
});
