import type { Decision, DecisionId, RankedPerson } from '../contract/decision.ts';
import { type SignalName, signalNames } from '../contract/signal.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';

export interface Decisions {
  /** Names the code that ranks now. */
  readonly codeRevision: string;
  /** @throws Problem `database.unavailable` */
  add(decision: Decision): Promise<void>;
  findById(id: DecisionId): Promise<Decision | null>;
}

const columns = `decision_id as "decisionId", kind, actor_kind as "actorKind", actor, request_id as "requestId", made_at as "madeAt",
  question, understood, made_with as "madeWith", set_hash as "setHash", candidate_ids as ids, revisions, content,
  vector_ranks as "vectorRanks", vector_scores as "vectorScores", lexical_ranks as "lexicalRanks", lexical_scores as "lexicalScores",
  scores, signals`;

/** What the columns of one row hold. */
type Row = Omit<Decision, 'people' | 'versions' | 'weights' | 'degraded'> & {
  readonly madeWith: Pick<Decision, 'versions' | 'weights' | 'degraded'> & { readonly signals: readonly SignalName[] };
  readonly ids: readonly RankedPerson['candidateId'][];
  readonly content: readonly string[];
  readonly revisions: readonly number[];
  readonly scores: readonly number[];
} & Readonly<
    Record<'vectorRanks' | 'vectorScores' | 'lexicalRanks' | 'lexicalScores' | 'signals', readonly (number | null)[]>
  >;

export function decisionsOf(database: TenantDatabase, codeRevision: string): Decisions {
  return {
    codeRevision,
    async add({ decisionId, kind, actorKind, actor, requestId, madeAt, question, understood, setHash, ...made }) {
      const { people, ...madeWith } = made;
      await database.call(
        `headhunter.record_decision(s.tenant, $1, $2, $3, $4, $5, $6::timestamptz, $7::jsonb, $8::jsonb, $9::jsonb, $10, $11::text[],
          $12::int[], $13::bigint[], $14::smallint[], $15::real[], $16::smallint[], $17::real[], $18::real[], $19::smallint[])`,
        [
          ...[decisionId, kind, actorKind, actor, requestId, madeAt],
          ...[question, understood, { ...madeWith, signals: signalNames }].map((part) => JSON.stringify(part)),
          ...[setHash, people.map(({ candidateId }) => candidateId)],
          ...columnsOf(people).map((column) => `{${column.join()}}`),
        ],
      );
    },
    findById: (id) =>
      database.transaction(async (s) => {
        const { rows } = await s.query<Row>(
          `select ${columns} from headhunter.decisions where tenant_id = ${s.tenant} and decision_id = $1`,
          [id],
        );
        return rows[0] ? decisionIn(rows[0]) : null;
      }),
  };
}

/** The arrays of numbers, in the order of the function's parameters. */
function columnsOf(people: readonly RankedPerson[]): (readonly (number | bigint | string)[])[] {
  const leg = (name: 'vector' | 'lexical', part: 'rank' | 'score') =>
    people.map(({ legs }) => legs[name]?.[part] ?? 'null');
  return [
    people.map(({ revision }) => revision),
    people.map(({ content }) => BigInt.asIntN(64, BigInt(`0x${content}`))),
    ...[leg('vector', 'rank'), leg('vector', 'score'), leg('lexical', 'rank'), leg('lexical', 'score')],
    people.map(({ score }) => score),
    people.flatMap(({ signals }) =>
      signalNames.map((name) => {
        const value = signals[name];
        return value === undefined ? 'null' : Math.round(value * 10_000);
      }),
    ),
  ];
}

function decisionIn({ madeWith, ids, ...row }: Row): Decision {
  const { vectorRanks, vectorScores, lexicalRanks, lexicalScores, revisions, content, scores, signals, ...decision } =
    row;
  const { signals: names, ...made } = madeWith;
  const legAt = (ranks: readonly (number | null)[], of: readonly (number | null)[], i: number) => {
    const rank = ranks[i] ?? null;
    return rank === null ? null : { rank, score: of[i] ?? 0 };
  };
  const people = ids.map((candidateId, i): RankedPerson => {
    const values = names.flatMap((name, n) => {
      const value = signals[i * names.length + n];
      return value == null ? [] : [[name, value / 10_000] as const];
    });
    return {
      candidateId,
      revision: revisions[i] ?? 0,
      content: BigInt.asUintN(64, BigInt(content[i] ?? 0))
        .toString(16)
        .padStart(16, '0'),
      legs: { vector: legAt(vectorRanks, vectorScores, i), lexical: legAt(lexicalRanks, lexicalScores, i) },
      score: scores[i] ?? 0,
      signals: Object.fromEntries(values),
    };
  });
  return { ...decision, ...made, people };
}
