import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let tenant: string;
let ana: Person;
let rows: TenantRows;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('embed');
  ana = await world.person(tenant);
  rows = await openTenantRows();
  const titles = ['Contadora', 'Engenheiro de Dados', 'Enfermeira', 'Motorista', '🦊', '!!!'];
  const candidates = titles.map((title, i) => ({
    candidateId: `emb-${i}`,
    profile: { fullName: `Gente ${i}`, title },
  }));
  expect((await ana.call('candidates.import', { candidates })).body.result.counts.created).toBe(6);
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

describe('stored vectors', () => {
  it('are never null, never of nothing, and of the dimensions that they are labelled with', async () => {
    const stored = await rows.query(
      `select count(*)::int as all,
         count(*) filter (where embedding is null or vector_dims(embedding) <> e.dimensions or l2_norm(embedding) < 0.99)::int as wrong,
         count(distinct candidate_id)::int as people
       from headhunter.embeddings e join headhunter.embedding_models m using (model_id) where tenant_id = $1 and m.dimensions = e.dimensions`,
      [tenant],
    );
    expect(stored).toEqual([{ all: 6, wrong: 0, people: 6 }]);
  });

  it('are there for everybody, each labelled with who made it', async () => {
    const { provider, model, dimensions, embedding } = await told('embed.generate', { text: 'Contadora' });
    expect(embedding).toHaveLength(dimensions);
    const stored = await rows.query(
      `select count(*)::int as missing from headhunter.candidates c where tenant_id = $1 and not exists (
         select from headhunter.embeddings e join headhunter.embedding_models m using (model_id)
         where e.tenant_id = c.tenant_id and e.candidate_id = c.candidate_id and e.chunk_type = 'profile'
           and (m.provider, m.model, m.dimensions) = ($2, $3, $4))`,
      [tenant, provider, model, dimensions],
    );
    expect(stored).toEqual([{ missing: 0 }]);
  });
});

describe('another model’s vector', () => {
  const vector = (length: number) => Array.from({ length }, (_, i) => Math.sin(i + 1));

  it.each([
    ['another provider', { provider: 'gemini', model: 'static-2' }, 128, 'provider'],
    ['another model', { provider: 'local', model: 'text-embedding-004' }, 128, 'model'],
    ['another length', { provider: 'local', model: 'static-2' }, 768, 'dimensions'],
  ])('is refused: %s', async (_, label, length, path) => {
    const { status, error } = await ask(ana, 'rest', 'embed.upsert', {
      candidateId: 'emb-0',
      embedding: vector(length),
      ...label,
    });
    expect([status, error.code, error.details[0].path]).toEqual([400, 'embedding.model_mismatch', path]);
  });

  it('is refused as a query too, and a dimension or provider that is not in use', async () => {
    for (const [id, input] of [
      ['embed.query', { embedding: vector(768) }],
      ['search.hybrid', { embedding: vector(768) }],
      ['embed.generate', { text: 'x', dimensions: 768 }],
      ['embed.generate', { text: 'x', provider: 'vertex' }],
    ] as const) {
      expect((await ask(ana, 'rest', id, input)).error.code).toBe('embedding.model_mismatch');
    }
  });

  it('of one’s own needs its label', async () => {
    const { error } = await ask(ana, 'rest', 'embed.upsert', { candidateId: 'emb-0', embedding: vector(128) });
    expect([error.code, error.details[0].path]).toEqual(['input.invalid', 'model']);
  });
});

describe('embed.upsert', () => {
  it('keeps one vector of each kind of text, and finds it by its metadata', async () => {
    const note = { candidateId: 'emb-3', chunkType: 'note', metadata: { by: 'ana', tags: ['x', 'y'] } };
    const first = await told('embed.upsert', { ...note, text: 'Dirige caminhão.' });
    const second = await told('embed.upsert', { ...note, text: 'Dirige caminhão e ônibus.' });
    expect(second.createdAt).toBe(first.createdAt);
    const { results } = await told('embed.query', { query: 'caminhão e ônibus', filter: { by: 'ana', tags: ['y'] } });
    expect(results.map((one: Json) => [one.candidateId, one.chunkType])).toEqual([['emb-3', 'note']]);
    expect(results[0].metadata).toEqual(note.metadata);
    expect((await told('embed.query', { query: 'caminhão', filter: { by: 'outra' } })).results).toEqual([]);
  });

  it('leaves `profile` to the product', async () => {
    const { error } = await ask(ana, 'rest', 'embed.upsert', { candidateId: 'emb-0', text: 'x', chunkType: 'profile' });
    expect([error.code, error.details[0].path]).toEqual(['input.invalid', 'chunkType']);
  });
});

describe('embed.query', () => {
  it('gives the nearest first, within its limit and above its threshold', async () => {
    const { results } = await told('embed.query', { query: 'Contadora e enfermeira', limit: 2 });
    expect(results.map((one: Json) => one.candidateId).sort()).toEqual(['emb-0', 'emb-2']);
    expect(results[0]).toMatchObject({ chunkType: 'profile' });
    const similarities = results.map((one: Json) => one.similarity);
    expect(similarities).toEqual(similarities.toSorted((a: number, b: number) => b - a));
    const close = await told('embed.query', { query: 'Contadora', similarityThreshold: 0.99 });
    expect(close.results.map((one: Json) => one.candidateId)).toEqual(['emb-0']);
  });
});
