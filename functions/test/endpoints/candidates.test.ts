import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let tenant: string;
let ana: Person;
let rows: TenantRows;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('candidates');
  ana = await world.person(tenant);
  rows = await openTenantRows();
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
const profile = {
  fullName: 'Marina Exemplo',
  title: 'Engenheira de Dados',
  email: 'marina@example.com',
  location: { city: 'Recife', region: 'PE', country: 'BR' },
  skills: [{ name: 'Spark', years: 3 }],
  experience: [
    {
      title: 'Engenheira de Dados',
      company: 'Exemplo',
      start: '2020-02',
      current: true,
      description: 'Spark e Airflow.',
    },
  ],
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('candidates.upsert', () => {
  it('keeps the id as it was given, in every store, to the end of the trip', async () => {
    const candidateId = 'A-strange_ID-0';
    expect((await told('candidates.upsert', { candidateId, profile })).candidateId).toBe(candidateId);
    expect((await told('candidates.get', { candidateId })).candidateId).toBe(candidateId);
    const found = await told('search.hybrid', { query: 'engenheira de dados Spark', limit: 5 });
    expect(found.results[0].candidateId).toBe(candidateId);
    expect((await told('embed.query', { query: 'engenheira de dados Spark', limit: 1 })).results[0].candidateId).toBe(
      candidateId,
    );
    expect((await told('candidates.list', {})).candidates.map((one: Json) => one.candidateId)).toContain(candidateId);
    expect(await rows.tracesOf(`${tenant}:${candidateId}`)).toEqual([]);
  });

  it('gives the profile back as it was sent', async () => {
    const { candidateId } = await told('candidates.upsert', { profile });
    expect((await told('candidates.get', { candidateId })).profile).toMatchObject(profile);
  });

  it('says created, unchanged and updated, and raises the revision with changes only', async () => {
    const send = async (more: object) => {
      const { outcome, revision } = await told('candidates.upsert', {
        candidateId: 'rev-1',
        profile: { ...profile, ...more },
      });
      return [outcome, revision];
    };
    expect(await send({})).toEqual(['created', 1]);
    expect(await send({})).toEqual(['unchanged', 1]);
    expect(await send({ title: 'Cientista de Dados' })).toEqual(['updated', 2]);
    expect(await send({})).toEqual(['updated', 3]);
  });

  it('takes fields in another order for the same profile', async () => {
    await told('candidates.upsert', { candidateId: 'order-1', profile });
    const reversed = Object.fromEntries(Object.entries(profile).reverse());
    expect((await told('candidates.upsert', { candidateId: 'order-1', profile: reversed })).outcome).toBe('unchanged');
  });

  it('makes an id of the e-mail, the same for any case of it, and another without one', async () => {
    const ids = [];
    for (const email of ['Caio@Example.com', 'caio@example.com', undefined, undefined]) {
      ids.push(
        (await told('candidates.upsert', { profile: { fullName: 'Caio Exemplo', ...(email && { email }) } }))
          .candidateId,
      );
    }
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('candidates.import', () => {
  it('writes the rows that hold together and says of each other one what is wrong', async () => {
    const reply = await told('candidates.import', {
      candidates: [
        { candidateId: 'row-1', profile: { fullName: 'Ana' } },
        { candidateId: 'row:2', profile: { fullName: 'Bia' } },
        { candidateId: 'row-3', profile: { fullName: '', email: 'none' } },
        { candidateId: 'row-1', profile: { fullName: 'Ana outra vez' } },
        { profile: { fullName: 'Davi' }, note: 'x' },
        'not a row',
        { candidateId: 'row-7', profile: { fullName: 'Gabi' } },
      ],
    });
    expect(reply.counts).toEqual({ created: 2, updated: 0, unchanged: 0, rejected: 5 });
    expect(reply.rows.map((row: Json) => [row.row, row.outcome])).toEqual([
      [1, 'created'],
      [2, 'rejected'],
      [3, 'rejected'],
      [4, 'rejected'],
      [5, 'rejected'],
      [6, 'rejected'],
      [7, 'created'],
    ]);
    const paths = reply.rows.map((row: Json) => row.details?.map((detail: Json) => detail.path));
    expect(paths).toEqual([
      undefined,
      ['candidateId'],
      ['profile.fullName', 'profile.email'],
      ['candidateId'],
      ['note'],
      [''],
      undefined,
    ]);
  });

  it('done again changes nothing', async () => {
    const candidates = Array.from({ length: 30 }, (_, i) => ({
      candidateId: `again-${i}`,
      profile: { ...profile, fullName: `Gente ${i}` },
    }));
    expect((await told('candidates.import', { candidates })).counts).toMatchObject({ created: 30 });
    const before = await told('candidates.get', { candidateId: 'again-3' });
    expect((await told('candidates.import', { candidates })).counts).toEqual({
      created: 0,
      updated: 0,
      unchanged: 30,
      rejected: 0,
    });
    const after = await told('candidates.get', { candidateId: 'again-3' });
    expect([after.revision, after.updatedAt]).toEqual([before.revision, before.updatedAt]);
  });

  it('adds nobody twice who comes twice with one e-mail, in one file or in two', async () => {
    const csv = 'Nome;E-mail;Cargo\nLia Exemplo;lia@example.com;Contadora\nLia E.;LIA@example.com;Contadora Sênior\n';
    const first = await told('candidates.import', { csv });
    expect(first.rows.map((row: Json) => [row.row, row.outcome])).toEqual([
      [2, 'created'],
      [3, 'rejected'],
    ]);
    expect((await told('candidates.import', { csv })).counts).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
      rejected: 1,
    });
  });

  it('maps columns by their headers in Portuguese, by the mapping given, and says what it left', async () => {
    const csv = 'Nome completo,Cidade,Competências,Pretensão,Coluna X\n"Rui Exemplo",Recife,"Java; Kafka",8000,abc\n';
    const reply = await told('candidates.import', { csv, mapping: { Pretensão: 'metadata.salary' } });
    expect(reply.mapping).toEqual({
      'Nome completo': 'fullName',
      Cidade: 'city',
      Competências: 'skills',
      Pretensão: 'metadata.salary',
    });
    expect(reply.unmapped).toEqual(['Coluna X']);
    const { profile: kept } = await told('candidates.get', { candidateId: reply.rows[0].candidateId });
    expect(kept).toMatchObject({
      fullName: 'Rui Exemplo',
      location: { city: 'Recife' },
      skills: [{ name: 'Java' }, { name: 'Kafka' }],
    });
  });

  it('takes JSON Resume documents', async () => {
    const resume = {
      basics: { name: 'Noa Exemplo', label: 'Nurse', email: 'noa@example.com' },
      work: [{ position: 'Nurse', startDate: '2020-01-01' }],
    };
    const reply = await told('candidates.import', { jsonResumes: [resume, { basics: 5 }] });
    expect(reply.rows.map((row: Json) => row.outcome)).toEqual(['created', 'rejected']);
  });
});

describe('candidates.list', () => {
  it('pages through everybody once, the latest change first', async () => {
    const seen: Json[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 50; page++) {
      const reply = await told('candidates.list', { limit: 7, ...(cursor && { cursor }) });
      seen.push(...reply.candidates);
      if (!reply.nextCursor) break;
      cursor = reply.nextCursor;
    }
    const whole = await told('candidates.list', { limit: 200 });
    expect(seen).toEqual(whole.candidates);
    expect(whole.nextCursor).toBeNull();
    expect(new Set(seen.map(({ candidateId }) => candidateId)).size).toBe(seen.length);
    const times = seen.map(({ updatedAt }) => Date.parse(updatedAt));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });
});

describe('candidates.remove', () => {
  it('leaves nothing behind of anybody, in any table', async () => {
    const candidateId = 'vanish-me-please';
    const word = 'qzxvanishedword';
    await told('candidates.upsert', { candidateId, profile: { ...profile, summary: `Sabe ${word}.` } });
    await told('candidates.upload', {
      candidateId,
      fileName: `${word}.txt`,
      contentBase64: base64(`Texto com ${word}.`),
    });
    await told('embed.upsert', { candidateId, chunkType: 'note', text: 'Nota', metadata: { about: word } });
    expect((await rows.tracesOf(candidateId)).length).toBeGreaterThanOrEqual(4);
    expect(await told('candidates.remove', { candidateId })).toMatchObject({ candidateId, removed: true });
    // The audit log goes on saying that somebody with this id was there and was removed; it never knew who they are.
    const log = ['headhunter.audit_entries', 'headhunter.audit_entries_shared'];
    expect(await rows.tracesOf(candidateId)).toEqual(log);
    expect(await rows.tracesOf(word)).toEqual([]);
    expect((await ask(ana, 'rest', 'candidates.get', { candidateId })).error.code).toBe('candidate.not_found');
    const found = await told('search.hybrid', { query: word, limit: 200 });
    expect(found.results.map((one: Json) => one.candidateId)).not.toContain(candidateId);
    expect((await ask(ana, 'rest', 'candidates.remove', { candidateId })).error.code).toBe('candidate.not_found');
  });
});
