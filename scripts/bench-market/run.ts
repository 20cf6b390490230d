import { operatorTenant, TenantId } from '../../functions/src/contract/ids.ts';
import type { PostingFacts } from '../../functions/src/contract/posting.ts';
import { type ExpandSkill, expandSkill } from '../../functions/src/domain/msgs/expand-skill.ts';
import { readPosting } from '../../functions/src/domain/msgs/read-posting.ts';
import { recountNeighbours } from '../../functions/src/domain/msgs/recount-neighbours.ts';
import { marketAdjacency } from '../../functions/src/domain/search/market-adjacency.ts';
import { asOperator } from '../../functions/src/middleware/as-operator.ts';
import { openTools } from '../../functions/src/middleware/tools.ts';
import { openLexicon } from '../../functions/src/platform/lexicon.ts';
import { postings } from '../demo/postings.ts';
import { byScript } from '../lib/by-script.ts';
import { startDatabase } from '../lib/database.ts';
import { percentile, rounded } from '../lib/figures.ts';

const reader = TenantId.parse('bench-reader');
const importer = TenantId.parse('bench-importer');
const importedAds = 2_000;
const poolSize = 3_000;
const today = '2026-06-30';
const now = new Date(`${today}T12:00:00Z`);

/** Opens what an endpoint would be given, for either tenant. */
const toolsFor = (tenant: TenantId) =>
  openTools(
    ['postings', 'market', 'neighbourhoods', 'lexicon'],
    { tenant, scopes: new Set() },
    byScript('bench:market'),
  );
type BenchTools = Awaited<ReturnType<typeof toolsFor>>;

/** Fills the reference, imports a tenant's own beside it, recounts, and asks `rounds` times by each way. */
export async function benchMarket({ ads, rounds, say }: { ads: number; rounds: number; say: (line: string) => void }) {
  const database = await startDatabase();
  process.env['DATABASE_URL'] = database.url('headhunter_runtime_a');
  process.env['OPERATOR_DATABASE_URL'] = database.url('headhunter_operator');
  try {
    const pool = await advertisements();
    const [reference, own, shared] = await Promise.all([operatorTenant, importer, reader].map(toolsFor));
    if (!reference || !own || !shared) throw new Error('no tools');
    say(`importing ${ads} advertisements`);
    for (let at = 0; at < ads; at += 2_000) await write(reference, pool, at, Math.min(2_000, ads - at));
    const recountedMs: Record<string, number> = { reference: await recount() };
    const importMs = await timed(() => write(own, pool, ads, importedAds));
    recountedMs['importer'] = await recount();
    const skills = commonest(pool, 20);
    say(`asking for ${skills.join(', ')}`);
    const ways: Record<string, Timing> = {};
    for (const [who, tools] of Object.entries({ reader: shared, importer: own })) {
      ways[`${who}: kept`] = await ask(skills, rounds, (skillId) => expand(tools, skillId));
      ways[`${who}: counted`] = await ask(skills, skills.length, (skillId) => expand(uncounted(tools), skillId));
      ways[`${who}: counted in São Paulo`] = await ask(skills, skills.length, (skillId) =>
        expand(tools, skillId, { region: 'BR-SP' }),
      );
      const adjacency = marketAdjacency(tools.neighbourhoods);
      ways[`${who}: five skills for a search`] = await ask(skills, rounds, (_, i) =>
        adjacency.adjacentTo(skills.slice(i % 15, (i % 15) + 5)),
      );
    }
    return { database: database.kind, ads, importMs, recountedMs, ways };
  } finally {
    await database.stop();
  }
}

/** Facts as the importer reads them from the demo's invented advertisements, over the year up to today. */
async function advertisements(): Promise<PostingFacts[]> {
  const lexicon = await openLexicon();
  return postings('bench', poolSize, today, lexicon).flatMap((row) => {
    const read = readPosting(lexicon, row, now);
    return 'posting' in read ? [read.posting] : [];
  });
}

/** The pool over and over, each time on other days of the year. */
function write({ postings: store, lexicon }: BenchTools, pool: readonly PostingFacts[], from: number, count: number) {
  const rows = Array.from({ length: count }, (_, i) => {
    const at = from + i;
    const day = new Date(now.getTime() - ((at * 7_919) % 364) * 86_400_000).toISOString().slice(0, 10);
    return { ...(pool[at % pool.length] as PostingFacts), contentHash: `bench-${at}`, postedOn: day };
  });
  return store.write({ postings: rows, observations: [], lexiconVersion: lexicon.version }, now);
}

const recount = () =>
  timed(() =>
    asOperator(async ({ neighbourCounts }) => {
      for await (const { tenant, left } of recountNeighbours(neighbourCounts, () => false, now))
        if (left !== null) throw new Error(`${tenant}: ${left}`);
    }),
  );

/** The same tools, as they are while nothing that was counted holds. */
const uncounted = (tools: BenchTools): BenchTools => ({
  ...tools,
  neighbourhoods: { of: async (ids) => ({ ...(await tools.neighbourhoods.of(ids)), isCurrent: false }) },
});

function expand(tools: BenchTools, skillId: string, filters: ExpandSkill['filters'] = {}) {
  const input: ExpandSkill = { skillId, topK: 10, filters, includeRelatedRoles: true, locale: 'pt-BR' };
  return expandSkill({ ...tools, now }, input);
}

function commonest(pool: readonly PostingFacts[], most: number): string[] {
  const times = new Map<string, number>();
  for (const id of pool.flatMap(({ required }) => required)) times.set(id, (times.get(id) ?? 0) + 1);
  return [...times]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([id]) => id);
}

interface Timing {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

async function ask(
  skills: readonly string[],
  times: number,
  question: (skillId: string, i: number) => Promise<unknown>,
): Promise<Timing> {
  const took: number[] = [];
  for (let i = 0; i < times; i++) took.push(await timed(() => question(skills[i % skills.length] ?? '', i)));
  return { p50Ms: rounded(percentile(took, 0.5)), p95Ms: rounded(percentile(took, 0.95)) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return rounded(performance.now() - started);
}
