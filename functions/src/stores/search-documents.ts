import type { CandidateRecord } from '../contract/candidate-record.ts';
import type { TenantSession } from '../platform/tenant-database.ts';
import { sparsevec } from './vectors.ts';

/** Puts what ranking reads of each candidate in the place of what it read before; the database counts the words. */
export async function writeSearchDocuments(s: TenantSession, records: readonly CandidateRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ candidateId, profile, facts, columns, terms }) => ({
    candidate_id: candidateId,
    facts,
    skill_keys: columns.skillKeys,
    place_keys: columns.placeKeys,
    industry_keys: columns.industryKeys,
    language_keys: columns.languageKeys,
    country: columns.country,
    seniority_rank: columns.seniorityRank,
    years_experience: columns.yearsExperience,
    metadata: profile.metadata,
    terms: terms.terms,
    weights: sparsevec(terms),
  }));
  await s.query(`delete from headhunter.search_documents where tenant_id = ${s.tenant} and candidate_id = any($1)`, [
    records.map((r) => r.candidateId),
  ]);
  await s.query(
    `insert into headhunter.search_documents (tenant_id, candidate_id, facts, skill_keys, place_keys, industry_keys, language_keys,
       country, seniority_rank, years_experience, metadata, terms, weights)
     select ${s.tenant}, r.* from jsonb_to_recordset($1::jsonb) as r (candidate_id text, facts jsonb, skill_keys text[],
       place_keys text[], industry_keys text[], language_keys text[], country text, seniority_rank smallint,
       years_experience real, metadata jsonb, terms int[], weights sparsevec)`,
    [JSON.stringify(rows)],
  );
}
