import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { measures, RegionCode } from '../../contract/posting.ts';
import { text } from '../../contract/text.ts';
import { marketDemand } from '../../domain/msgs/market-demand.ts';
import { Coverage, Day } from './market-answer.ts';

export const demand = endpoint({
  id: 'msgs.demand',
  summary: 'Demand for a skill week by week, with average, deviation and a trend that had to pass a test.',
  route: 'GET /v1/market/demand',
  scope: 'market:read',
  needs: ['market', 'lexicon'],
  input: z.strictObject({
    skillId: text(2, 96),
    region: RegionCode.optional(),
    industry: text(1, 120).optional(),
    windowWeeks: z.int().min(4).max(52).default(12),
    measure: z.enum(measures).optional().meta({
      description:
        'Advertisements `posted` in the week, or open vacancies as `observed`. Whichever tells of more weeks when left out.',
    }),
    until: Day.optional().meta({ description: 'Ends the window in this day’s week instead of the data’s last.' }),
    locale: z.enum(['pt-BR', 'en']).default('pt-BR'),
  }),
  output: z.strictObject({
    skillId: z.string(),
    label: z.string(),
    region: z.string().nullable(),
    industry: z.string().nullable(),
    windowWeeks: z.int(),
    measure: z.enum(measures),
    points: z
      .array(
        z.strictObject({
          weekStart: Day,
          postings: z.int().min(0).nullable(),
          sources: z.int().min(0),
          compared: z.int().min(0).nullable(),
          ema: z.number().nullable(),
          zScore: z.number().nullable(),
        }),
      )
      .max(52)
      .meta({
        description:
          'Every week of the window, the last one that of the data’s last day. `postings` is null where no source reported: unknown, not zero. `compared`, from which `ema`, `zScore` and the trend are made, counts the sources that report nearly always, in weeks that all of them reported for.',
      }),
    trend: z.enum(['rising', 'declining', 'steady', 'unknown']).meta({
      description: '`unknown` below 8 complete weeks; `steady` when the test finds no change at p < .05.',
    }),
    trendTest: z
      .strictObject({ weeks: z.int(), tau: z.number(), pValue: z.number(), slopePerWeek: z.number() })
      .nullable()
      .meta({ description: 'Mann-Kendall, two-sided, over the complete weeks; Sen’s slope in postings a week.' }),
    latestEma: z.number().nullable(),
    data: Coverage.omit({ ads: true, from: true, to: true }).extend({
      from: Day,
      to: Day,
      sourcesNotCompared: z
        .array(z.string())
        .meta({ description: 'Report too seldom to be compared from week to week.' }),
    }),
    generatedAt: z.string(),
  }),
  errors: ['skill.not_found', 'market.not_found'],
  cache: { seconds: 900, dropOn: ['postings.imported'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 15, callsPerSecond: 30 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 300 },
  example: {
    input: { skillId: 'java', windowWeeks: 4 },
    output: {
      skillId: 'java',
      label: 'Java',
      region: null,
      industry: null,
      windowWeeks: 4,
      measure: 'posted',
      points: [{ weekStart: '2026-01-05', postings: 12, sources: 1, compared: null, ema: null, zScore: null }],
      trend: 'unknown',
      trendTest: null,
      latestEma: null,
      data: {
        rows: { own: 2, shared: 0 },
        from: '2026-01-05',
        to: '2026-01-06',
        sources: ['example'],
        sourcesNotCompared: [],
      },
      generatedAt: '2026-01-08T12:00:00.000Z',
    },
  },
  handler: ({ ctx, input }) => marketDemand(ctx, input),
});
