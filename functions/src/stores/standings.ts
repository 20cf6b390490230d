import type { CandidateFilterColumns, LabelledVector, TermVector } from '../contract/candidate-record.ts';
import type { CandidateId } from '../contract/ids.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';
import { modelIdOf } from './embedding-models.ts';
import type { FilterKeys } from './retrieval.ts';
import { halfvec } from './vectors.ts';

export type FilterName = Exclude<keyof FilterKeys, 'unknown'>;

/** A person's place among those who pass the filters, themselves included whether or not they do: 1 with nobody better. */
export interface Place {
  readonly rank: number;
  readonly score: number;
}

export interface Standings {
  /** What filters look at; null when there is no such candidate. */
  filtered(id: CandidateId): Promise<(CandidateFilterColumns & { readonly metadata: Record<string, unknown> }) | null>;
  /** The filters that leave the candidate out, each asked for itself of the predicate that a search asks. */
  failed(id: CandidateId, filters: FilterKeys): Promise<FilterName[]>;
  /** By exact cosine similarity, however far behind; null without a vector of that label. */
  byVector(id: CandidateId, query: LabelledVector, filters: FilterKeys): Promise<Place | null>;
  /** By BM25F score, however far behind; null without a word of the query. */
  byTerms(id: CandidateId, query: TermVector, filters: FilterKeys): Promise<Place | null>;
}

export function standingsOf(database: TenantDatabase): Standings {
  const place = async (from: string, values: readonly unknown[]): Promise<Place | null> => {
    const { rows } = await database.call<{ score: number; better: number }>(from, values);
    return rows[0] ? { rank: rows[0].better + 1, score: rows[0].score } : null;
  };
  return {
    filtered: (id) =>
      database.transaction(async (s) => {
        const { rows } = await s.query<Awaited<ReturnType<Standings['filtered']>>>(
          `select skill_keys as "skillKeys", place_keys as "placeKeys", country, industry_keys as "industryKeys",
             language_keys as "languageKeys", seniority_rank as "seniorityRank", years_experience as "yearsExperience", metadata
           from headhunter.search_documents where tenant_id = ${s.tenant} and candidate_id = $1`,
          [id],
        );
        return rows[0] ?? null;
      }),
    async failed(id, filters) {
      const { rows } = await database.call<{ failed: FilterName }>(
        'headhunter.filters_failed(s.tenant, $1, $2::jsonb)',
        [id, JSON.stringify(filters)],
      );
      return rows.map(({ failed }) => failed);
    },
    async byVector(id, { label, vector }, filters) {
      const model = await modelIdOf(database, label);
      return place('headhunter.vector_place(s.tenant, $1, $2::smallint, $3, $4::jsonb)', [
        ...[id, model, halfvec(vector), JSON.stringify(filters)],
      ]);
    },
    byTerms: (id, { terms, weights }, filters) =>
      place('headhunter.terms_place(s.tenant, $1, $2::int[], $3::real[], $4::jsonb)', [
        ...[id, terms, weights, JSON.stringify(filters)],
      ]),
  };
}
