import pg from 'pg';
import { analyzeDocument, analyzeQuery, stemsOf } from '../../functions/src/domain/text/analyze.ts';
import { sparsevec } from '../../functions/src/stores/vectors.ts';
import { startDatabase } from '../lib/database.ts';
import type { Judged } from './judged.ts';
import { averagePrecision, means, precisionAt, reciprocalRank } from './metrics.ts';

const tenant = 'collection';
/** As deep as published runs go. */
const depth = 1_000;

/**
 * The lexical leg of search over whole documents: the product's analysis, its tables with their counting triggers, and
 * `search_terms` as the runtime role calls it. A document is a candidate with one field, whose pivot is the mean length of the
 * collection, as in BM25; concepts are left out.
 */
export async function measureAdhoc({ queries, documents, relevant }: Judged) {
  const database = await startDatabase();
  const admin = new pg.Client({ connectionString: database.url('postgres') });
  const runtime = new pg.Client({ connectionString: database.url('headhunter_runtime_a') });
  try {
    await admin.connect();
    await runtime.connect();
    await fill(admin, documents);
    const rows = [];
    for (const { id, text } of queries) {
      const right = relevant.get(id);
      if (!right) continue;
      const ranked = await rank(runtime, text);
      rows.push({
        MAP: averagePrecision(ranked, right),
        'P@10': precisionAt(10, ranked, right),
        'P@30': precisionAt(30, ranked, right),
        MRR: reciprocalRank(ranked, right),
      });
    }
    return { queries: rows.length, documents: documents.length, ...means(rows) };
  } finally {
    await admin.end();
    await runtime.end();
    await database.stop();
  }
}

async function fill(admin: pg.Client, documents: Judged['documents']): Promise<void> {
  const lengths = documents.map(({ text }) => stemsOf(text).length);
  const pivot = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1;
  for (let from = 0; from < documents.length; from += 500) {
    const rows = documents.slice(from, from + 500).map(({ id, text }) => {
      const terms = analyzeDocument([{ text, boost: 1, pivot }], []);
      return { id, terms: terms.terms, weights: sparsevec(terms) };
    });
    await admin.query(
      `insert into headhunter.candidates (tenant_id, candidate_id, profile, content_hash, created_at, updated_at)
         select $1, r.id, '{}', '', now(), now() from jsonb_to_recordset($2::jsonb) as r (id text)`,
      [tenant, JSON.stringify(rows.map(({ id }) => ({ id })))],
    );
    await admin.query(
      `insert into headhunter.search_documents (tenant_id, candidate_id, facts, skill_keys, place_keys, industry_keys, language_keys,
           country, seniority_rank, years_experience, metadata, terms, weights)
         select $1, r.id, '{}', '{}', '{}', '{}', '{}', null, null, null, '{}', r.terms, r.weights
           from jsonb_to_recordset($2::jsonb) as r (id text, terms int[], weights sparsevec)`,
      [tenant, JSON.stringify(rows)],
    );
  }
}

async function rank(runtime: pg.Client, text: string): Promise<string[]> {
  const { terms, weights } = analyzeQuery(text, []);
  await runtime.query('begin');
  try {
    await runtime.query(`select set_config('app.tenant_id', $1, true)`, [tenant]);
    const { rows } = await runtime.query<{ candidate_id: string }>(
      `select candidate_id from headhunter.search_terms($1, $2::int[], $3::real[], '{}', $4)`,
      [tenant, terms, weights, depth],
    );
    return rows.map((row) => row.candidate_id);
  } finally {
    await runtime.query('rollback');
  }
}
