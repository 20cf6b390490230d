import type { CandidateFacts, LabelledVector, TermVector } from '../contract/candidate-record.ts';
import type { CandidateId } from '../contract/ids.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';
import { modelIdOf } from './embedding-models.ts';
import { halfvec } from './vectors.ts';

/** Filters as the database reads them: keys are normalised already. Absent means no filter. */
export interface FilterKeys {
  /** All of them. */
  readonly skills?: readonly string[];
  /** Any of them. */
  readonly locations?: readonly string[];
  readonly industries?: readonly string[];
  readonly countries?: readonly string[];
  readonly seniorityRanks?: readonly number[];
  /** All of them. */
  readonly languages?: readonly string[];
  readonly minYears?: number;
  readonly maxYears?: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Whether a candidate whose years, seniority or country is unknown passes those filters. */
  readonly unknown?: 'include' | 'exclude';
}

export interface VectorHit {
  readonly candidateId: CandidateId;
  /** Cosine, -1..1. */
  readonly similarity: number;
}

export interface TermHit {
  readonly candidateId: CandidateId;
  /** BM25F, 0 and up. */
  readonly score: number;
}

export interface PoolMember {
  readonly candidateId: CandidateId;
  readonly facts: CandidateFacts;
  /** The profile's, and the first 16 hexadecimal digits of its content hash, as of the facts. */
  readonly revision: number;
  readonly content: string;
  /** Null when no vector was asked with, or the candidate has none of its label. */
  readonly similarity: number | null;
  /** 0..1; null when no weighed words were given. */
  readonly share: number | null;
}

/** A query's words by the tenant's idf, and the most they can score together. */
export interface WeighedTerms {
  readonly vector: string;
  readonly highest: number;
}

export interface Retrieval {
  /** Nearest profiles first, ties by id; `exact` is false when an approximate index answered. */
  byVector(query: LabelledVector, filters: FilterKeys, limit: number): Promise<{ hits: VectorHit[]; exact: boolean }>;
  /**
   * Best BM25F score first, ties by id; `pruned` when the work limit left out candidates with common words only; `weighed`
   * is the query for `poolOf`, absent when nobody has any of its words.
   */
  byTerms(
    query: TermVector,
    filters: FilterKeys,
    limit: number,
  ): Promise<{ hits: TermHit[]; pruned: boolean; weighed: WeighedTerms | undefined }>;
  /** Facts of each candidate and their exact scores in both legs, whichever leg found them. */
  poolOf(
    ids: readonly CandidateId[],
    query: { vector: LabelledVector | undefined; weighed: WeighedTerms | undefined },
  ): Promise<PoolMember[]>;
}

export function retrievalOf(database: TenantDatabase): Retrieval {
  return {
    async byVector({ label, vector }, filters, limit) {
      const model = await modelIdOf(database, label);
      const { rows } = await database.call<{ candidate_id: CandidateId; similarity: number; exact: boolean }>(
        'headhunter.search_vectors(s.tenant, $1::smallint, $2, $3::jsonb, $4)',
        [model, halfvec(vector), JSON.stringify(filters), limit],
      );
      return {
        hits: rows.map((row) => ({ candidateId: row.candidate_id, similarity: row.similarity })),
        exact: rows[0]?.exact ?? true,
      };
    },
    async byTerms({ terms, weights }, filters, limit) {
      const { rows } = await database.call<{
        candidate_id: CandidateId;
        score: number;
        pruned: boolean;
        query_vector: string | null;
        highest: number;
      }>('headhunter.search_terms(s.tenant, $1::int[], $2::real[], $3::jsonb, $4)', [
        terms,
        weights,
        JSON.stringify(filters),
        limit,
      ]);
      const first = rows[0];
      return {
        hits: rows.map((row) => ({ candidateId: row.candidate_id, score: row.score })),
        pruned: first?.pruned ?? false,
        weighed: first?.query_vector ? { vector: first.query_vector, highest: first.highest } : undefined,
      };
    },
    async poolOf(ids, { vector, weighed }) {
      const model = vector ? await modelIdOf(database, vector.label) : null;
      const dimensions = vector?.label.dimensions ?? 1;
      return database.transaction(async (s) => {
        const { rows } = await s.query<PoolMember>(
          `select d.candidate_id as "candidateId", d.facts, c.revision::int as revision, left(c.content_hash, 16) as content, (1 - e.distance)::real as similarity,
             (-(d.weights <#> $4::sparsevec) / $5::real)::real as share
           from headhunter.search_documents d
           join headhunter.candidates c on c.tenant_id = ${s.tenant} and c.candidate_id = d.candidate_id and c.candidate_id = any($1)
           left join lateral (
             select min(embedding::halfvec(${dimensions}) <=> $3::halfvec(${dimensions})) as distance
             from headhunter.embeddings
             where tenant_id = ${s.tenant} and model_id = $2::smallint and candidate_id = d.candidate_id) e on true
           where d.tenant_id = ${s.tenant} and d.candidate_id = any($1)`,
          [ids, model, vector ? halfvec(vector.vector) : null, weighed?.vector ?? null, weighed?.highest ?? null],
        );
        return rows;
      });
    },
  };
}
