import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { parametersOf } from '../../../scripts/titles-cluster/parameters.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { ask, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

/** `npm run titles:cluster -- ...args`, on the stores of this run. */
async function cluster(...args: string[]) {
  const child = spawn(process.execPath, ['scripts/titles-cluster.ts', ...args]);
  child.stdin.end();
  const [out, err] = await Promise.all([readAll(child.stdout), readAll(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, err };
}

describe('npm run titles:cluster', () => {
  it.each([
    [[], '--tenant takes an id'],
    [['--tenant', 'acme', '--what'], '--help'],
  ])('refuses %j with the remedy and code 2', async (args, remedy) => {
    const { code, out, err } = await cluster(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(remedy);
  });

  it.each([
    [{ eps: '2' }, '--eps takes a number from 0.01 to 1, not "2"'],
    [{ eps: '' }, '--eps takes a number'],
    [{ 'min-samples': '1.5' }, '--min-samples takes a whole number'],
    [{ 'most-titles': '1000000' }, '--most-titles takes a whole number from 2 to 5000'],
    [{ locale: 'fr' }, '--locale takes pt-BR or en'],
    [{ country: 'Brasil' }, '--country takes a code such as BR'],
  ])('refuses the option %j with the remedy', (given, remedy) => {
    const fail = (line: string): never => {
      throw new Error(line);
    };
    expect(() => parametersOf(given, fail)).toThrow(remedy);
  });
});

// Another process reaches Google's emulator only.
const withEmulator = process.env['FIRESTORE_EMULATOR_HOST'] ? describe : describe.skip;
withEmulator('npm run titles:cluster, on a tenant', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'headhunter-titles-'));
  let world: World;
  let rows: TenantRows;
  let tenant: TenantId;
  let admin: Person;

  beforeAll(async () => {
    [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
    tenant = await world.tenant('cli-titles');
    admin = await world.person(tenant, ['admin']);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await rows.close();
    await world.close();
  });

  it('without titles says so, writes nothing and ends with code 1; without such a tenant with code 2', async () => {
    const { code, out } = await cluster('--tenant', tenant);
    expect([code, out]).toEqual([1, `${tenant} has no title that is used 2 times: nothing was written\n`]);
    expect((await rows.countsOf(tenant))['title_proposals']).toBe(0);
    expect(await cluster('--tenant', 'nobody-at-all')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/nobody-at-all/),
    });
  }, 60_000);

  it('prints what it found, writes nothing on a dry run, and else a proposal that can be read', async () => {
    const candidates = ['Enfermeira', 'Enfermeiro', 'Registered nurse', 'Advogada'].flatMap((title, t) =>
      Array.from({ length: 5 }, (_, i) => ({
        candidateId: `p-${t}-${i}`,
        profile: { fullName: 'Gente Exemplo', title, skills: [{ name: 'UTI' }] },
      })),
    );
    expect((await admin.rest('POST', '/v1/candidates/import', { candidates })).status).toBe(200);
    const dry = await cluster('--tenant', tenant, '--dry-run');
    expect([dry.code, dry.err]).toEqual([0, '']);
    expect(dry.out).toMatch(/Enferm.*own:nurse/);
    expect(dry.out).toMatch(/nothing was written/);
    expect((await rows.countsOf(tenant))['title_proposals']).toBe(0);
    const file = path.join(folder, 'proposal.json');
    const { code, out } = await cluster('--tenant', tenant, '--json', file, '--locale', 'en');
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    expect(code).toBe(0);
    expect(out).toContain(`Proposal ${kept.proposalId}, version 1, waits for review`);
    const { reply } = await ask(admin, 'rest', 'admin.get-title-proposal', { proposalId: kept.proposalId });
    expect(reply.madeFrom).toEqual(kept.madeFrom);
    expect(reply.madeFrom.parameters.locale).toBe('en');
    expect(reply.clusters.map(({ cluster, titleCount }: Record<string, number>) => [cluster, titleCount])).toEqual([
      [1, 3],
      [2, 1],
    ]);
    const log = await ask(admin, 'rest', 'admin.audit', { action: 'titles.proposed' });
    expect(log.reply.entries).toMatchObject([{ actorKind: 'operator', by: 'script.titles:cluster' }]);
  }, 120_000);
});
