import pg from 'pg';
import type { TermVector } from '../../functions/src/contract/candidate-record.ts';
import { Filters, filterKeysOf } from '../../functions/src/domain/search/filters.ts';
import { poolSize } from '../../functions/src/domain/search/ranking.ts';
import { analyzeQuery } from '../../functions/src/domain/text/analyze.ts';
import { conceptsIn } from '../../functions/src/domain/text/concepts.ts';
import { recognizerOf } from '../../functions/src/domain/text/recognizer.ts';
import { openLexicon } from '../../functions/src/platform/lexicon.ts';
import { localEmbedder } from '../../functions/src/platform/local-embedder.ts';
import { halfvec } from '../../functions/src/stores/vectors.ts';
import type { BenchQuery } from './queries.ts';

const leg = (call: string) =>
  `select leg.* from (select set_config('app.tenant_id', $1, true) as tenant) s cross join lateral ${call} leg`;

/**
 * The database work of one hybrid search as plain SQL on two connections, as the functions use it: both legs at once, the
 * facts and exact scores of the pool, the profiles of the first page. Understanding and embedding are done beforehand, and
 * what comes back is not looked at beyond its ids. `admin` is for the exact scan that recall is measured against.
 */
export async function rawSearch(databaseUrl: string, tenant: string, admin: pg.Client) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const recognizer = recognizerOf(await openLexicon());
  const { label } = localEmbedder;
  const { rows } = await pool.query<{ id: number }>('select headhunter.register_model($1, $2, $3) as id', [
    label.provider,
    label.model,
    label.dimensions,
  ]);
  const model = rows[0]?.id;

  const prepare = async ({ query, filters }: BenchQuery) => {
    const concepts = conceptsIn(recognizer, query);
    const [vector] = await localEmbedder.embed([{ text: query, concepts }], 'query');
    const keys = filterKeysOf(recognizer, filters ? Filters.parse(filters) : undefined);
    return {
      vector: halfvec(vector ?? new Float32Array()),
      terms: analyzeQuery(query, concepts),
      keys: JSON.stringify(keys),
    };
  };

  return {
    /** Milliseconds of the work, and recall@20 of its vector leg against an exact scan (not timed). */
    async time(query: BenchQuery): Promise<{ sql: number; recall: number }> {
      const { vector, terms, keys } = await prepare(query);
      const started = performance.now();
      const [near, worded] = await Promise.all([
        pool.query<{ candidate_id: string }>(
          leg('headhunter.search_vectors(s.tenant, $2::smallint, $3, $4::jsonb, $5)'),
          [tenant, model, vector, keys, poolSize],
        ),
        pool.query<{ candidate_id: string }>(
          leg('headhunter.search_terms(s.tenant, $2::int[], $3::real[], $4::jsonb, $5)'),
          [tenant, terms.terms, terms.weights, keys, poolSize],
        ),
      ]);
      const ids = [...new Set([...near.rows, ...worded.rows].map((row) => row.candidate_id))].slice(0, poolSize);
      await inTenant(pool, tenant, (client) => scorePool(client, tenant, model, vector, terms, ids));
      await inTenant(pool, tenant, (client) =>
        client.query(
          `select candidate_id, profile from headhunter.candidates where tenant_id = '${tenant}' and candidate_id = any($1)`,
          [ids.slice(0, 20)],
        ),
      );
      const sql = performance.now() - started;
      const exact = await exactScan(admin, tenant, model, vector, keys);
      const found = new Set(near.rows.slice(0, 20).map((row) => row.candidate_id));
      const hits = exact.filter((id) => found.has(id)).length;
      return { sql, recall: exact.length === 0 ? 1 : hits / exact.length };
    },
    close: () => pool.end(),
  };
}

async function inTenant<T>(pool: pg.Pool, tenant: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(`begin; select set_config('app.tenant_id', '${tenant}', true)`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    client.release();
  }
}

const scorePool = (
  client: pg.PoolClient,
  tenant: string,
  model: number | undefined,
  vector: string,
  terms: TermVector,
  ids: string[],
) =>
  client.query(
    `select d.candidate_id, d.facts, 1 - min(e.embedding::halfvec(256) <=> $2::halfvec(256)) as similarity, min(-(d.weights <#> q.query_vector)) as score
     from headhunter.search_documents d
     join headhunter.embeddings e on e.tenant_id = '${tenant}' and e.model_id = ${model} and e.candidate_id = d.candidate_id
     left join lateral (select * from headhunter.weigh_terms('${tenant}', $3::int[], $4::real[])) q on true
     where d.tenant_id = '${tenant}' and d.candidate_id = any($1) group by d.candidate_id, d.facts`,
    [ids, vector, terms.terms, terms.weights],
  );

async function exactScan(
  client: pg.Client,
  tenant: string,
  model: number | undefined,
  vector: string,
  keys: string,
): Promise<string[]> {
  const { rows: predicate } = await client.query<{ text: string }>(
    'select headhunter.filter_predicate($1::jsonb) as text',
    [keys],
  );
  const { rows } = await client.query<{ candidate_id: string }>(
    `select e.candidate_id from headhunter.embeddings e join headhunter.search_documents d on d.tenant_id = '${tenant}' and d.candidate_id = e.candidate_id
     where e.tenant_id = '${tenant}' and e.model_id = ${model}${predicate[0]?.text ?? ''}
     order by (e.embedding::halfvec(256) <=> $1::halfvec(256)) + 0, e.candidate_id limit 20`,
    [vector],
  );
  return rows.map((row) => row.candidate_id);
}
