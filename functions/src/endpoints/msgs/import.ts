import { z } from 'zod';
import { CountryCode } from '../../contract/candidate.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { mostPostings } from '../../contract/posting.ts';
import { text } from '../../contract/text.ts';
import { importPostings, mostRejected, mostUnknown } from '../../domain/msgs/import-postings.ts';

const Detail = z.strictObject({ path: z.string(), message: z.string() });

export const importPostingsOf = endpoint({
  id: 'msgs.import',
  summary:
    'Add up to 2,000 job advertisements or vacancy counts from JSON or CSV; what is known already changes nothing.',
  route: 'POST /v1/postings/import',
  scope: 'postings:write',
  needs: ['postings', 'lexicon'],
  input: z
    .strictObject({
      postings: z.array(z.unknown()).min(1).max(mostPostings).optional().meta({
        description:
          'Advertisements: `postedAt`, `source` and any of `title`, `text`, `skills`, `preferredSkills`, `skillIds`; or counts: `postedAt`, `source`, `skill`, `count`. Both take `region`, `country`, `industry`, `externalId`; advertisements `seniority` and `count`. Text and title are read; of the title the words are kept that our taxonomy has, and of the text none. A row that does not hold is refused alone.',
      }),
      csv: z.string().min(1).max(5_000_000).optional().meta({ description: 'CSV with a header line.' }),
      delimiter: z.enum([',', ';', '\t']).optional().meta({ description: 'Found by itself when left out.' }),
      mapping: z
        .record(text(1, 200), text(1, 40))
        .optional()
        .meta({ description: 'Column name to field, or to `ignore`; wins over what is found by itself.' }),
      defaults: z
        .strictObject({
          postedAt: z.iso.date().optional(),
          source: text(1, 60).optional(),
          country: CountryCode.optional(),
          industry: text(1, 120).optional(),
        })
        .optional()
        .meta({ description: 'What holds for every row that does not say otherwise.' }),
    })
    .refine(({ postings, csv }) => (postings === undefined) !== (csv === undefined), {
      message: 'give exactly one of postings and csv',
    })
    .refine(({ csv, delimiter, mapping }) => csv !== undefined || (delimiter === undefined && mapping === undefined), {
      path: ['mapping'],
      message: 'delimiter and mapping go with csv',
    }),
  output: z.strictObject({
    counts: z.strictObject({ created: z.int(), reread: z.int(), unchanged: z.int(), rejected: z.int() }).meta({
      description:
        '`reread`: known, but what is kept of it was read with an older taxonomy. `unchanged`: known already, or twice in this import.',
    }),
    rejected: z
      .array(z.strictObject({ row: z.int(), details: z.array(Detail) }))
      .max(mostRejected)
      .meta({ description: 'Position from 1, or line of the CSV, of the first 100 rows that do not hold, and why.' }),
    unknownSkills: z
      .array(z.strictObject({ name: z.string(), times: z.int() }))
      .max(mostUnknown)
      .meta({ description: 'Names in lists of skills that the taxonomy does not know, the commonest 20.' }),
    withoutOccupation: z
      .int()
      .meta({ description: 'Advertisements with no title, or one that the taxonomy does not know.' }),
    mapping: z.record(z.string(), z.string()).optional(),
    unmapped: z.array(z.string()).optional(),
  }),
  errors: ['csv.malformed'],
  cache: 'never',
  emits: ['postings.imported'],
  effect: 'writes',
  limits: { timeoutSeconds: 60, callsPerSecond: 5 },
  run: { memory: '1GiB', minInstances: 0, concurrency: 4 },
  slo: { p95Ms: 15_000 },
  example: {
    input: {
      csv: [
        'postedAt;title;skills;region;count',
        '2026-01-05;Desenvolvedora Backend;Java, Kafka;SP;8',
        '2026-01-06;Desenvolvedora Backend;Java, SQL;PE;4',
        '2026-01-07;Contadora;Excel;PE;6',
      ].join('\n'),
      defaults: { source: 'example', country: 'BR' },
    },
    output: {
      counts: { created: 3, reread: 0, unchanged: 0, rejected: 0 },
      rejected: [],
      unknownSkills: [],
      withoutOccupation: 0,
      mapping: { postedAt: 'postedAt', title: 'title', skills: 'skills', region: 'region', count: 'count' },
      unmapped: [],
    },
  },
  handler: ({ ctx, input }) => importPostings(ctx, input),
});
