import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { text } from '../../contract/text.ts';
import { importCandidates, maxRows } from '../../domain/candidates/import.ts';

const Detail = z.strictObject({ path: z.string(), message: z.string() });

export const importMany = endpoint({
  id: 'candidates.import',
  summary: 'Add up to 500 candidates from JSON, CSV or JSON Resume; each row has its own outcome.',
  route: 'POST /v1/candidates/import',
  scope: 'candidates:write',
  needs: ['candidates', 'embedder', 'lexicon'],
  input: z
    .strictObject({
      candidates: z.array(z.unknown()).min(1).max(maxRows).optional().meta({
        description:
          'Objects of `profile` and, if it has one, `candidateId`. A row that does not hold is refused alone.',
      }),
      csv: z.string().min(1).max(5_000_000).optional().meta({ description: 'CSV with a header line.' }),
      delimiter: z.enum([',', ';', '\t']).optional().meta({ description: 'Found by itself when left out.' }),
      mapping: z
        .record(text(1, 200), text(1, 120))
        .optional()
        .meta({ description: 'Column name to field; wins over what is found by itself.' }),
      jsonResumes: z
        .array(z.unknown())
        .min(1)
        .max(maxRows)
        .optional()
        .meta({ description: 'Documents of the JSON Resume schema.' }),
    })
    .refine(
      ({ candidates, csv, jsonResumes }) =>
        [candidates, csv, jsonResumes].filter((given) => given !== undefined).length === 1,
      {
        message: 'give exactly one of candidates, csv and jsonResumes',
      },
    )
    .refine(({ csv, delimiter, mapping }) => csv !== undefined || (delimiter === undefined && mapping === undefined), {
      path: ['mapping'],
      message: 'delimiter and mapping go with csv',
    }),
  output: z.strictObject({
    rows: z.array(
      z.discriminatedUnion('outcome', [
        z.strictObject({
          row: z.int(),
          outcome: z.enum(['created', 'updated', 'unchanged']),
          candidateId: CandidateId,
        }),
        z.strictObject({ row: z.int(), outcome: z.literal('rejected'), details: z.array(Detail) }),
      ]),
    ),
    counts: z.strictObject({ created: z.int(), updated: z.int(), unchanged: z.int(), rejected: z.int() }),
    mapping: z.record(z.string(), z.string()).optional(),
    unmapped: z.array(z.string()).optional(),
  }),
  errors: ['csv.malformed', 'candidate.conflict', 'embedder.unavailable'],
  cache: 'never',
  emits: ['candidate.changed'],
  effect: 'writes',
  limits: { timeoutSeconds: 60, callsPerSecond: 10 },
  run: { memory: '1GiB', minInstances: 0, concurrency: 8 },
  slo: { p95Ms: 10_000 },
  example: {
    input: { csv: 'Nome completo;Cargo;Habilidades\nJoana Exemplo;Analista de Dados;SQL, Python' },
    output: {
      rows: [{ row: 2, outcome: 'created', candidateId: 'c_0a1b2c3d' as CandidateId }],
      counts: { created: 1, updated: 0, unchanged: 0, rejected: 0 },
      mapping: { 'Nome completo': 'fullName', Cargo: 'title', Habilidades: 'skills' },
      unmapped: [],
    },
  },
  handler: ({ ctx, input }) => importCandidates(ctx, input),
});
