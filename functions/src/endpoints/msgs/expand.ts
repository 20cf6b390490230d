import { z } from 'zod';
import { Seniority } from '../../contract/candidate.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { RegionCode } from '../../contract/posting.ts';
import { text } from '../../contract/text.ts';
import { expandSkill } from '../../domain/msgs/expand-skill.ts';
import { Coverage, Neighbour } from './market-answer.ts';

export const expand = endpoint({
  id: 'msgs.expand',
  summary: 'The skills that advertisements name together with one, and the roles that ask for it.',
  route: 'POST /v1/skills/expand',
  scope: 'market:read',
  needs: ['market', 'neighbourhoods', 'lexicon'],
  input: z.strictObject({
    skillId: text(2, 96),
    topK: z.int().min(1).max(25).default(10),
    filters: z
      .strictObject({
        region: RegionCode.optional(),
        industry: text(1, 120).optional(),
        experience: Seniority.optional(),
      })
      .default({}),
    includeRelatedRoles: z.boolean().default(false),
    locale: z.enum(['pt-BR', 'en']).default('pt-BR'),
  }),
  output: z.strictObject({
    seedSkill: z.strictObject({ skillId: z.string(), label: z.string(), support: z.int() }),
    adjacent: z
      .array(z.strictObject({ skillId: z.string(), label: z.string(), ...Neighbour }))
      .max(25)
      .meta({
        description: 'Best first. Empty when nothing is named with it by 5 advertisements and oftener than by chance.',
      }),
    relatedRoles: z
      .array(z.strictObject({ ecoId: z.string(), title: z.string(), ...Neighbour }))
      .max(10)
      .optional(),
    data: Coverage,
    countedAt: z.string().meta({
      description:
        'When the advertisements were counted: at the last recount if none came or went since and there are no filters; else now.',
    }),
    generatedAt: z.string(),
  }),
  errors: ['skill.not_found', 'market.not_found'],
  cache: { seconds: 900, dropOn: ['postings.imported'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 15, callsPerSecond: 20 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 3_000 },
  example: {
    input: { skillId: 'java', topK: 5 },
    output: {
      seedSkill: { skillId: 'java', label: 'Java', support: 12 },
      adjacent: [
        {
          skillId: 'apache-kafka',
          label: 'Apache Kafka',
          score: 0.5585,
          support: 8,
          recencyDays: 2,
          sources: ['example'],
        },
      ],
      data: { rows: { own: 3, shared: 0 }, ads: 18, from: '2026-01-05', to: '2026-01-07', sources: ['example'] },
      countedAt: '2026-01-08T06:30:00.000Z',
      generatedAt: '2026-01-08T12:00:00.000Z',
    },
  },
  handler: ({ ctx, input }) => expandSkill(ctx, input),
});
