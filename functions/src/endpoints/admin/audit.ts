import { z } from 'zod';
import { auditChains } from '../../contract/audit.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { Cursor, decodeCursor, encodeCursor, Limit } from '../../contract/paging.ts';
import { text } from '../../contract/text.ts';
import { type AuditPlaces, listAudit } from '../../domain/admin/list-audit.ts';

const Number16 = z.string().regex(/^\d{0,16}$/);
/** Time and number in `records`, then in `administration`; empty for its newest. */
const Position = z.tuple([Number16, Number16, Number16, Number16]);
type Position = z.infer<typeof Position>;

const Instant = z.iso.datetime({ offset: true });
const Outcome = z.enum(['allowed', 'refused']);

export const audit = endpoint({
  id: 'admin.audit',
  summary: 'Who did what in your tenant, from where, allowed or refused; the newest first.',
  route: 'GET /v1/admin/audit',
  scope: 'audit:read',
  needs: ['auditTrail'],
  input: z.strictObject({
    from: Instant.optional().describe('Not before this instant.'),
    to: Instant.optional().describe('Not after this instant.'),
    actor: text(1, 128).optional().describe('The uid of a person or the id of a client.'),
    action: z
      .string()
      .regex(/^[a-z_]{1,40}\.[a-z_]{1,60}$/, 'must be a name such as candidate.removed')
      .optional(),
    outcome: Outcome.optional(),
    limit: Limit.default(50),
    cursor: Cursor.optional(),
  }),
  output: z.strictObject({
    entries: z.array(
      z.strictObject({
        chain: z.enum(auditChains),
        seq: z.int().min(1).describe('Its number in the chain, from 1 without a gap.'),
        at: z.string(),
        actorKind: z.enum(['person', 'client', 'operator', 'system']),
        actor: z.string(),
        by: z.string().describe('The endpoint, trigger or script.'),
        address: z.string(),
        requestId: z.string(),
        keyId: z.string().optional(),
        action: z.string(),
        subjects: z.array(z.string()).describe('Ids of what it was done to, the first 50.'),
        subjectCount: z.int().min(0),
        subjectsHash: z.string().optional().describe('sha256 of all ids, joined by line feeds, where there are more.'),
        outcome: Outcome,
        code: z.string().optional(),
        details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
        hash: z.string(),
      }),
    ),
    nextCursor: z
      .string()
      .nullable()
      .describe('Null at the end only: filters that find little give short or empty pages on the way there.'),
  }),
  errors: ['page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 20, callsPerSecond: 5 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 1_000 },
  example: {
    input: { action: 'candidate.removed', limit: 1 },
    output: {
      entries: [
        {
          chain: 'records',
          seq: 1,
          at: '2026-01-01T12:00:00.000Z',
          actorKind: 'person',
          actor: 'Zk3n7QbW2yRfT8sVdLm5PcXaHuJ1',
          by: 'candidates.remove',
          address: '203.0.113.7',
          requestId: '6f1c2c0e-4d0b-4f0e-9a57-1f1f6a3c9b11',
          action: 'candidate.removed',
          subjects: ['example-1'],
          subjectCount: 1,
          outcome: 'allowed',
          hash: '5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592',
        },
      ],
      nextCursor: null,
    },
  },
  handler: async ({ ctx, input: { from, to, actor, action, outcome, limit, cursor } }) => {
    const { tenant } = ctx.caller;
    const filters = { fromMs: msOf(from), toMs: msOf(to), actor, action, outcome };
    const places = cursor ? placesOf(decodeCursor(tenant, 'admin.audit', cursor, Position)) : newest;
    const { items, next } = await listAudit(ctx.auditTrail, filters, limit, places);
    return { entries: items, nextCursor: next && encodeCursor(tenant, 'admin.audit', positionOf(next)) };
  },
});

const msOf = (instant: string | undefined) => (instant === undefined ? undefined : Date.parse(instant));

const newest: AuditPlaces = { records: undefined, administration: undefined };

const placesOf = ([recordsMs, recordsSeq, administrationMs, administrationSeq]: Position): AuditPlaces => ({
  records: recordsMs === '' ? undefined : { atMs: Number(recordsMs), seq: Number(recordsSeq) },
  administration:
    administrationMs === '' ? undefined : { atMs: Number(administrationMs), seq: Number(administrationSeq) },
});

const positionOf = ({ records, administration }: AuditPlaces): Position => [
  String(records?.atMs ?? ''),
  String(records?.seq ?? ''),
  String(administration?.atMs ?? ''),
  String(administration?.seq ?? ''),
];
