import { setTimeout as pause } from 'node:timers/promises';
import type { EnrichmentJob } from '../../src/contract/enrichment-job.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { openWorld, type Person, type World } from '../harness.ts';

let world: World;
let tenant: TenantId;
let recruiter: Person;

const resume = [
  'Joana Exemplo',
  'Recife, PE',
  '',
  'Experiência',
  'Engenheira de dados sênior — Exemplo Dados',
  'jan/2021 - atual',
  'Pipelines em Python e Apache Kafka.',
  'Analista de dados — Exemplo Varejo',
  '03/2018 - 12/2020',
  'Relatórios em SQL e Power BI.',
].join('\n');

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('enrich');
  recruiter = await world.person(tenant);
});
afterAll(() => world.close());

async function upload(text = resume): Promise<string> {
  const contentBase64 = Buffer.from(text).toString('base64');
  const { status, body } = await recruiter.rest('POST', '/v1/candidates/upload', { fileName: 'cv.txt', contentBase64 });
  expect(status).toBe(200);
  return body.candidateId;
}

const enrich = async (body: Record<string, unknown>): Promise<EnrichmentJob> => {
  const answer = await recruiter.rest('POST', '/v1/enrich/profile', body);
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  return answer.body.job;
};

async function ended(jobId: string, run = 1): Promise<EnrichmentJob> {
  for (let i = 0; i < 200; i++) {
    const { body } = await recruiter.rest('GET', `/v1/enrich/status/${jobId}`);
    if (body.job.run === run && body.job.dueAt === null) return body.job;
    await pause(50);
  }
  throw new Error('the job did not end');
}

it('a job is done by a task of the queue, and tells its attempt, its phases and what it made', async () => {
  const candidateId = await upload();
  const asked = await enrich({ candidateId });
  expect(asked).toMatchObject({ state: 'queued', run: 1, attempts: 0, candidateId, error: null });
  const done = await ended(asked.jobId);
  expect(done).toMatchObject({
    state: 'completed',
    attempts: 1,
    history: [{ run: 1, attempt: 1, outcome: 'completed', category: null }],
    result: { provider: 'local', unsupported: 0, costMicros: 0, contentHash: asked.contentHash },
  });
  expect(done.result?.claims).toBeGreaterThan(3);
  expect(Object.keys(done.history[0]?.phases ?? {})).toEqual(['readMs', 'analyzeMs', 'storeMs']);
});

it('a call may wait for the job', async () => {
  const job = await enrich({ candidateId: await upload(`${resume}\nEspera.`), async: false });
  expect(job.state).toBe('completed');
});

it('asking again for a person who has not changed is the same job, done once; by force it is another run of it', async () => {
  const candidateId = await upload(`${resume}\nUma vez.`);
  const first = await enrich({ candidateId, async: false });
  expect(await enrich({ candidateId, async: false })).toEqual(first);
  const forced = await enrich({ candidateId, async: false, force: true });
  expect(forced).toMatchObject({ jobId: first.jobId, run: 2, state: 'completed' });
  expect(forced.history.map(({ run }) => run)).toEqual([1, 2]);
});

it('a person who has changed is another job', async () => {
  const candidateId = await upload(`${resume}\nAntes.`);
  const before = await enrich({ candidateId, async: false });
  const profile = { fullName: 'Joana Exemplo', title: 'Engenheira de dados' };
  await recruiter.rest('POST', '/v1/candidates', { candidateId, profile });
  const after = await enrich({ candidateId, async: false });
  expect(after.jobId).not.toBe(before.jobId);
  expect(after.state).toBe('completed');
});

it('a candidate who went before the job was done is a failure that says so, and does not come up again by itself', async () => {
  const candidateId = await upload(`${resume}\nFoi embora.`);
  const target = process.env['TASK_TARGET'];
  process.env['TASK_TARGET'] = 'http://127.0.0.1:9';
  const asked = await enrich({ candidateId });
  process.env['TASK_TARGET'] = target;
  await recruiter.rest('DELETE', `/v1/candidates/${candidateId}`);
  const work = await deliver({ tenant, jobId: asked.jobId, run: 1, requestId: 'r' });
  expect(work).toBe(204);
  const failed = await ended(asked.jobId);
  expect(failed).toMatchObject({ state: 'failed', error: { category: 'candidate_missing' }, result: null });
  const { body } = await recruiter.rest('POST', '/v1/enrich/replay', { jobIds: [asked.jobId] });
  expect(body).toMatchObject({ replayed: [{ jobId: asked.jobId, run: 2, state: 'queued' }], skipped: [] });
  expect(await ended(asked.jobId, 2)).toMatchObject({ state: 'failed', run: 2 });
});

it('the same task delivered five times at once is worked on once', async () => {
  const candidateId = await upload(`${resume}\nCinco vezes.`);
  const target = process.env['TASK_TARGET'];
  process.env['TASK_TARGET'] = 'http://127.0.0.1:9';
  const asked = await enrich({ candidateId });
  process.env['TASK_TARGET'] = target;
  const task = { tenant, jobId: asked.jobId, run: 1, requestId: 'r' };
  const statuses = await Promise.all(Array.from({ length: 5 }, () => deliver(task)));
  expect(statuses.filter((status) => status === 204).length).toBeGreaterThanOrEqual(1);
  expect(statuses.every((status) => status === 204 || status === 503)).toBe(true);
  const done = await ended(asked.jobId);
  expect(done).toMatchObject({ state: 'completed', attempts: 1, history: [{ attempt: 1 }] });
  expect(await deliver(task)).toBe(204);
  expect(await ended(asked.jobId)).toEqual(done);
});

it('lists jobs page by page, of one state or one candidate', async () => {
  const candidateId = await upload(`${resume}\nLista.`);
  const { jobId } = await enrich({ candidateId, async: false });
  const own = await recruiter.rest('GET', `/v1/enrich/jobs?candidateId=${candidateId}`);
  expect(own.body.jobs.map((job: EnrichmentJob) => job.jobId)).toEqual([jobId]);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await recruiter.rest(
      'GET',
      `/v1/enrich/jobs?limit=2&state=completed${cursor ? `&cursor=${cursor}` : ''}`,
    );
    seen.push(...body.jobs.map((job: EnrichmentJob) => job.jobId));
    cursor = body.nextCursor;
  } while (cursor);
  expect(seen).toContain(jobId);
  expect(new Set(seen).size).toBe(seen.length);
});

it('is nobody else’s: neither status nor replay finds the job of another tenant', async () => {
  const { jobId } = await enrich({ candidateId: await upload(`${resume}\nMinha.`), async: false });
  const stranger = await world.person(await world.tenant('stranger'));
  expect((await stranger.rest('GET', `/v1/enrich/status/${jobId}`)).body.code).toBe('enrichment.not_found');
  const { body } = await stranger.rest('POST', '/v1/enrich/replay', { jobIds: [jobId] });
  expect(body).toMatchObject({ replayed: [], skipped: [jobId] });
});

it('keeps nobody’s words where a web page may listen', async () => {
  const { jobId } = await enrich({ candidateId: await upload(`${resume}\nSegredo.`), async: false });
  const document = await (await openFirestore()).doc(`tenants/${tenant}/jobs/${jobId}`).get();
  expect(JSON.stringify(document.data())).not.toMatch(/Joana|Exemplo|Kafka|Recife/);
});

async function deliver(data: unknown): Promise<number> {
  const { status } = await fetch(`${world.host.functionsUrl}/enrichmentWork`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer e30.e30.' },
    body: JSON.stringify({ data }),
  });
  return status;
}
