import pg from 'pg';
import { promoteTenants } from '../../functions/src/domain/admin/promote-tenants.ts';
import { asOperator } from '../../functions/src/middleware/as-operator.ts';
import { openLexicon } from '../../functions/src/platform/lexicon.ts';
import { people } from '../demo/people.ts';
import { divertCallLog } from '../lib/call-log.ts';
import { percentile, rounded } from '../lib/figures.ts';
import { generousLimits } from '../lib/generous-limits.ts';
import { serve } from '../lib/serve.ts';
import { startStack } from '../lib/stack.ts';
import { benchQueries } from './queries.ts';
import { rawSearch } from './raw-sql.ts';

const tenant = 'bench';

interface Timing {
  readonly p50: number;
  readonly p95: number;
}
interface Comparison {
  readonly queries: number;
  readonly rest: Timing;
  readonly sql: Timing;
  readonly ratio: Timing;
}

/** Fills, asks, compares; every timing is of the same queries on the same database in this one run. */
export async function benchSearch(options: { candidates: number; queries: number; say: (line: string) => void }) {
  const { say } = options;
  const stack = await startStack({ say });
  Object.assign(process.env, stack.env);
  const restoreLog = divertCallLog();
  const served = await serve(stack);
  const admin = new pg.Client({ connectionString: stack.database.url('postgres') });
  await admin.connect();
  let raw: Awaited<ReturnType<typeof rawSearch>> | undefined;
  try {
    await served.addTenant(tenant, 'Bench', generousLimits);
    const token = await served.addPerson({ uid: 'bench', tenantId: tenant, roles: ['recruiter'] });
    const post = poster(served.host.url, token);

    say(`making ${options.candidates} people`);
    const pool = people(tenant, options.candidates, await openLexicon());
    const importRowsPerSecond = await fill(pool, post, say);
    await admin.query('analyze');
    const [promotion] = await asOperator(({ partitions }) => promoteTenants(partitions));
    await admin.query('vacuum analyze');

    const queries = benchQueries(pool, options.queries);
    say(`asking ${queries.length} queries`);
    raw = await rawSearch(stack.database.url('headhunter_runtime_a'), tenant, admin);
    const warmUp = queries.slice(0, 20);
    for (const query of warmUp) await raw.time(query);
    for (const query of warmUp) await post('/v1/search/hybrid', { ...query, limit: 19 });

    const samples: { filtered: boolean; rest: number; sql: number; recall: number }[] = [];
    // In turn, so that what else the machine does meanwhile falls on both.
    for (const query of queries) {
      const started = performance.now();
      const { cacheHit } = await post('/v1/search/hybrid', { ...query });
      const rest = performance.now() - started;
      if (cacheHit) throw new Error('a query that was meant to be new came from the cache');
      samples.push({ filtered: query.filters !== undefined, rest, ...(await raw.time(query)) });
    }
    const recalls = samples.filter(({ filtered }) => !filtered).map(({ recall }) => recall);
    const filteredRecalls = samples.filter(({ filtered }) => filtered).map(({ recall }) => recall);
    return {
      database: (await admin.query<{ v: string }>('select version() as v')).rows[0]?.v.split(',')[0] ?? '',
      candidates: options.candidates,
      latency: {
        all: compare(samples),
        'without filters': compare(samples.filter(({ filtered }) => !filtered)),
        'with filters': compare(samples.filter(({ filtered }) => filtered)),
      },
      recallAt20: rounded(mean(samples.map(({ recall }) => recall)), 4),
      recallAt20WithoutFilters: rounded(mean(recalls), 4),
      recallAt20WithFilters: rounded(mean(filteredRecalls), 4),
      importRowsPerSecond,
      promotionSeconds: promotion?.seconds,
      promotionRecall: promotion?.recall,
      rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
      samples: samples.map(({ filtered, rest, sql, recall }) => ({
        filtered,
        restMs: rounded(rest),
        sqlMs: rounded(sql),
        recall,
      })),
    };
  } finally {
    restoreLog();
    await raw?.close();
    await admin.end();
    await served.stop();
    await stack.stop();
  }
}

type Post = (path: string, body: unknown) => Promise<{ cacheHit?: boolean; counts?: { created: number } }>;

function poster(url: string, token: string): Post {
  return async (path, body) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(120_000),
    });
    const answer = (await response.json()) as Awaited<ReturnType<Post>>;
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
}

async function fill(pool: ReturnType<typeof people>, post: Post, say: (line: string) => void): Promise<number> {
  const started = performance.now();
  for (let at = 0; at < pool.length; at += 500) {
    const { counts } = await post('/v1/candidates/import', { candidates: pool.slice(at, at + 500) });
    if (counts?.created !== Math.min(500, pool.length - at))
      throw new Error(`an import did not create its rows: ${JSON.stringify(counts)}`);
    if ((at / 500) % 20 === 19)
      say(`imported ${at + 500}, ${Math.round((at + 500) / ((performance.now() - started) / 1_000))} a second`);
  }
  return Math.round(pool.length / ((performance.now() - started) / 1_000));
}

function compare(samples: readonly { rest: number; sql: number }[]): Comparison {
  const timing = (values: readonly number[]): Timing => ({
    p50: rounded(percentile(values, 0.5)),
    p95: rounded(percentile(values, 0.95)),
  });
  const rest = timing(samples.map((sample) => sample.rest));
  const sql = timing(samples.map((sample) => sample.sql));
  return {
    queries: samples.length,
    rest,
    sql,
    ratio: { p50: rounded(rest.p50 / sql.p50, 2), p95: rounded(rest.p95 / sql.p95, 2) },
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
