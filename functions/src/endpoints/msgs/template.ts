import { z } from 'zod';
import { Seniority } from '../../contract/candidate.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { text } from '../../contract/text.ts';
import { roleTemplate } from '../../domain/msgs/role-template.ts';
import { Coverage } from './market-answer.ts';

const Skill = z.strictObject({
  skillId: z.string(),
  label: z.string(),
  importance: z.number().min(0).max(1).meta({ description: 'Share of the advertisements that ask for it.' }),
  support: z.int().min(2),
  source: z.enum(['postings']),
});

export const template = endpoint({
  id: 'msgs.template',
  summary: 'What the market asks for under an occupation: skills, years and regions, as advertisements have it.',
  route: 'POST /v1/roles/template',
  scope: 'market:read',
  needs: ['market', 'lexicon'],
  input: z.strictObject({
    ecoId: text(3, 128),
    locale: z.enum(['pt-BR', 'en']).default('pt-BR'),
    experienceLevel: Seniority.optional(),
    includeDemand: z.boolean().default(false),
  }),
  output: z.strictObject({
    ecoId: z.string(),
    locale: z.enum(['pt-BR', 'en']),
    title: z.string(),
    version: z.string().meta({ description: 'Last day of the data and the taxonomy that read them.' }),
    experienceLevel: Seniority.nullable(),
    requiredSkills: z.array(Skill).max(25),
    preferredSkills: z.array(Skill).max(25),
    yearsExperienceMin: z.number().min(0).nullable(),
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
          band: z.enum(['very_high', 'high', 'moderate', 'emerging']),
        }),
      )
      .max(60),
    confidence: z.number().min(0).max(1),
    demandIndex: z
      .number()
      .nullable()
      .optional()
      .meta({ description: 'Mean of the required skills’ latest EMA of advertisements a week.' }),
    data: Coverage,
    generatedAt: z.string(),
  }),
  errors: ['occupation.not_found', 'market.not_found'],
  cache: { seconds: 900, dropOn: ['postings.imported'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 15, callsPerSecond: 20 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 1_000 },
  example: {
    input: { ecoId: 'own:backend-engineer' },
    output: {
      ecoId: 'own:backend-engineer',
      locale: 'pt-BR',
      title: 'Desenvolvedor backend',
      version: '2026-01-06.0bd0b054',
      experienceLevel: null,
      requiredSkills: [{ skillId: 'java', label: 'Java', importance: 1, support: 12, source: 'postings' }],
      preferredSkills: [],
      yearsExperienceMin: null,
      yearsExperienceMax: null,
      years: null,
      prevalenceByRegion: [{ region: 'BR-SP', share: 0.667, ads: 8, band: 'very_high' }],
      confidence: 0.382,
      data: { rows: { own: 2, shared: 0 }, ads: 12, from: '2026-01-05', to: '2026-01-06', sources: ['example'] },
      generatedAt: '2026-01-08T12:00:00.000Z',
    },
  },
  handler: ({ ctx, input }) => roleTemplate(ctx, input),
});
