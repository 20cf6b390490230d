import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AuthEmulator, startAuthEmulator } from '../../../scripts/lib/auth-emulator.ts';
import { startFirestore, startInProcess } from '../../../scripts/lib/firestore.ts';
import { hostFunctions } from '../../../scripts/lib/functions-host.ts';
import { projectId, region } from '../../../scripts/lib/project.ts';
import { startTasksEmulator } from '../../../scripts/lib/tasks-emulator.ts';

const ana = {
  uid: 'ana',
  email: 'ana@acme.example',
  password: 'a long secret',
  displayName: 'Ana',
  claims: { tenantId: 'acme', roles: ['recruiter'] },
};

describe('Auth emulator', () => {
  let auth: AuthEmulator;
  beforeAll(async () => {
    auth = await startAuthEmulator();
    await auth.createUser(ana);
  }, 30_000);
  afterAll(async () => await auth.stop());

  it('signs a user in with an ID token that carries the claims', async () => {
    const token = await auth.signIn(ana.email, ana.password);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ sub: 'ana', aud: projectId, tenantId: 'acme', roles: ['recruiter'] });
  });

  it('refuses a wrong password and a second user of the same id', async () => {
    await expect(auth.signIn(ana.email, 'wrong')).rejects.toThrow('INVALID_PASSWORD');
    await expect(auth.createUser(ana)).rejects.toThrow('DUPLICATE_LOCAL_ID');
  });
});

describe('Tasks emulator', () => {
  it('delivers a task to the function of its queue, and again when that fails', async () => {
    const seen: unknown[] = [];
    let done = () => {};
    const twice = new Promise<void>((resolve) => {
      done = resolve;
    });
    const work = Object.assign(
      (req: { body: unknown }, res: { status(code: number): { end(): void } }) => {
        seen.push(req.body);
        res.status(seen.length === 1 ? 500 : 204).end();
        if (seen.length === 2) done();
      },
      { __endpoint: { taskQueueTrigger: {} } },
    );
    const host = await hostFunctions({ work });
    const tasks = await startTasksEmulator();
    const url = host.functions[0]?.url ?? '';
    await tasks.createQueue({ name: 'work', url, retryConfig: { maxAttempts: 3, minBackoffSeconds: 0.1 } });
    const body = Buffer.from(JSON.stringify({ data: { candidate: 'ca-1' } })).toString('base64');
    const headers = { 'Content-Type': 'application/json' };
    await fetch(`http://${tasks.host}/projects/${projectId}/locations/${region}/queues/work/tasks`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ task: { httpRequest: { url, headers, body } } }),
    });
    await twice;
    expect(seen).toEqual([{ data: { candidate: 'ca-1' } }, { data: { candidate: 'ca-1' } }]);
    await tasks.stop();
    await host.stop();
  }, 30_000);
});

describe('Firestore on one machine', () => {
  it('loses no update of 20 concurrent transactions in process', async () => {
    const local = await startInProcess('a test');
    const counter = local.firestore().doc('tenants/acme');
    await counter.set({ n: 0 });
    const addOne = () =>
      local.firestore().runTransaction(async (transaction) => {
        const { n } = (await transaction.get(counter)).data() as { n: number };
        transaction.update(counter, { n: n + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, addOne));
    expect((await counter.get()).data()).toEqual({ n: 20 });
    await local.stop();
  }, 30_000);

  it("enforces the rules and keeps its data in Google's emulator, or says why it is not used", async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'firestore-'));
    const first = await startFirestore({ dir });
    if (first.kind === 'in-process') {
      expect(first.because).toMatch(/not found|did not start/);
      return await first.stop();
    }
    const url = (host: string) => `http://${host}/v1/projects/${projectId}/databases/(default)/documents/tenants/acme`;
    const fields = { name: { stringValue: 'Acme' } };
    const body = JSON.stringify({ fields });
    const stranger = await fetch(url(first.host), { method: 'PATCH', body });
    expect(stranger.status).toBe(403);
    await fetch(url(first.host), { method: 'PATCH', body, headers: { authorization: 'Bearer owner' } });
    await first.stop();
    const second = await startFirestore({ dir });
    if (second.kind === 'in-process') throw new Error(second.because);
    const kept = await fetch(url(second.host), { headers: { authorization: 'Bearer owner' } });
    expect(await kept.json()).toMatchObject({ fields });
    await second.stop();
    await rm(dir, { recursive: true });
  }, 60_000);
});
