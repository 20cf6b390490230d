import { people } from '../../../scripts/demo/people.ts';
import type { Embedder } from '../../src/contract/embedding.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { openLexicon } from '../../src/platform/lexicon.ts';
import { localEmbedder } from '../../src/platform/local-embedder.ts';
import { openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant, type TenantDatabase } from '../../src/platform/tenant-database.ts';
import { embeddingsOf } from '../../src/stores/embeddings.ts';
import { byTests } from '../attribution.ts';
import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let tenant: TenantId;
let ana: Person;
let rows: TenantRows;
let database: TenantDatabase;
let pool: { candidateId: string; profile: object }[];

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('stores');
  ana = await world.person(tenant);
  rows = await openTenantRows();
  database = bindTenant(openPostgres(), tenant, byTests);
  pool = people('sto', 60, await openLexicon());
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

const told = async (id: string, input: Record<string, unknown>): Promise<Json> => {
  const { status, reply, error } = await ask(ana, 'rest', id, input);
  expect({ id, status, error }).toEqual({ id, status: 200, error: undefined });
  return reply;
};

describe('counts of words', () => {
  it('are exact after adding, changing, leaving as is, filing documents and removing', async () => {
    await told('candidates.import', { candidates: pool });
    expect(await rows.miscountsOf(tenant)).toEqual({ words: expect.any(Number), wrong: 0, people: 0 });
    await told('candidates.import', {
      candidates: pool.map((one, i) => (i % 2 ? one : { ...one, profile: { ...one.profile, title: `Zelador ${i}` } })),
    });
    expect(await rows.miscountsOf(tenant)).toMatchObject({ wrong: 0, people: 0 });
    await told('candidates.upload', {
      candidateId: 'sto-0001',
      fileName: 'cv.txt',
      contentBase64: Buffer.from('Palavras novas em folha.').toString('base64'),
    });
    expect(await rows.miscountsOf(tenant)).toMatchObject({ wrong: 0, people: 0 });
    for (let i = 1; i <= 20; i++) await told('candidates.remove', { candidateId: `sto-${String(i).padStart(4, '0')}` });
    expect(await rows.miscountsOf(tenant)).toMatchObject({ wrong: 0, people: 0 });
  });

  it('are nothing once everybody is gone', async () => {
    const { candidates } = await told('candidates.list', { limit: 200 });
    for (const { candidateId } of candidates) await told('candidates.remove', { candidateId });
    expect(await rows.miscountsOf(tenant)).toEqual({ words: 0, wrong: 0, people: 0 });
  });
});

describe('writers at the same time', () => {
  it('of the same and of different people all get through, and what is left is whole', async () => {
    const calls: Promise<{ status: number; error: Json }>[] = [];
    for (let i = 0; i < 48; i++) {
      const { candidateId, profile } = pool[i % 6] as (typeof pool)[number];
      calls.push(ask(ana, 'rest', 'candidates.upsert', { candidateId, profile: { ...profile, title: `Cargo ${i}` } }));
      if (i % 6 === 0)
        calls.push(
          ask(ana, 'rest', 'candidates.import', {
            candidates: pool
              .slice(0, 12)
              .toReversed()
              .map((one) => ({ ...one, profile: { ...one.profile, headline: `Lote ${i}` } })),
          }),
        );
      if (i % 8 === 0)
        calls.push(ask(ana, 'rest', 'embed.upsert', { candidateId, chunkType: 'note', text: `Nota ${i}` }));
      if (i % 12 === 5) calls.push(ask(ana, 'rest', 'candidates.remove', { candidateId: 'sto-0005' }));
    }
    const failures = (await Promise.all(calls)).filter(
      ({ status, error }) => status !== 200 && error.code !== 'candidate.not_found',
    );
    expect(failures.map(({ error }) => error.code)).toEqual([]);
    expect(await rows.miscountsOf(tenant)).toMatchObject({ wrong: 0, people: 0 });
    const people = await rows.query(
      `select count(*)::int as without from headhunter.candidates c where tenant_id = $1 and not exists (
         select from headhunter.embeddings e where e.tenant_id = c.tenant_id and e.candidate_id = c.candidate_id and e.chunk_type = 'profile')`,
      [tenant],
    );
    expect(people).toEqual([{ without: 0 }]);
  }, 60_000);
});

describe('models side by side', () => {
  const label = (model: string) => ({ provider: 'local' as const, model, dimensions: 8 });
  const vector = (n: number) => Float32Array.from({ length: 8 }, (_, i) => (i === n ? 1 : 0.1));
  const embedding = (candidateId: string, model: string, n: number) =>
    ({
      candidateId,
      chunkType: 'note',
      contentHash: 'x',
      metadata: {},
      label: label(model),
      vector: vector(n),
    }) as never;

  it('never meet: a query sees vectors of its own model only', async () => {
    await told('candidates.upsert', { candidateId: 'side-1', profile: { fullName: 'Ana' } });
    const embeddings = embeddingsOf(database);
    await embeddings.put(embedding('side-1', 'first', 0), new Date());
    await embeddings.put(embedding('side-1', 'second', 1), new Date());
    const near = await embeddings.nearest({ label: label('first'), vector: vector(1) }, { limit: 10, threshold: 0 });
    expect(near).toHaveLength(1);
    expect(near[0]?.similarity).toBeLessThan(0.5);
  });

  it('tells how many people have a vector of a model and how many have none', async () => {
    const { candidates } = await rows.countsOf(tenant);
    const embeddings = embeddingsOf(database);
    expect(await embeddings.coverage((localEmbedder as Embedder).label)).toEqual({ embedded: candidates, missing: 0 });
    expect(await embeddings.coverage(label('first'))).toEqual({ embedded: 0, missing: candidates });
  });

  it('are usable after a first write of theirs that failed', async () => {
    const embeddings = embeddingsOf(database);
    const model = `fresh-${tenant}`;
    await expect(embeddings.put(embedding('nobody-there', model, 0), new Date())).rejects.toMatchObject({
      code: 'candidate.not_found',
    });
    await expect(embeddings.put(embedding('side-1', model, 0), new Date())).resolves.toEqual({
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('refuse a vector with a number that is not finite before it is sent', async () => {
    const broken = {
      ...(embedding('side-1', 'first', 0) as object),
      vector: Float32Array.from([1, Number.NaN, 0, 0, 0, 0, 0, 0]),
    } as never;
    await expect(embeddingsOf(database).put(broken, new Date())).rejects.toThrow(RangeError);
  });
});
