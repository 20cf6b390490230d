import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AuditEntry } from '../../src/contract/audit.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { changeWithAudit } from '../../src/stores/ledger.ts';
import { byTests } from '../attribution.ts';
import { openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

// Another process reaches Firestore only where it is an emulator of its own.
const withEmulator = process.env['FIRESTORE_EMULATOR_HOST'] ? describe : describe.skip;
const root = path.resolve(__dirname, '../../..');

let world: World;
let rows: TenantRows;
let tenant: TenantId;
let ana: Person;

/** Runs the script; its exit code and everything it said. */
function verify(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/audit-verify.ts', ...args], { cwd: root, timeout: 60_000 });
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

const audited = async (): Promise<AuditEntry[]> => {
  const found = await rows.query(
    'select seq::int as seq, hash, body from headhunter.audit_entries where tenant_id = $1 order by seq',
    [tenant],
  );
  return found as AuditEntry[];
};
const admin = (seq: number) => `tenants/${tenant}/audit/${String(seq).padStart(12, '0')}`;

withEmulator('npm run audit:verify', () => {
  beforeAll(async () => {
    world = await openWorld();
    rows = await openTenantRows();
  });
  afterAll(async () => {
    await rows.close();
    await world.close();
  });
  beforeEach(async () => {
    tenant = await world.tenant('verify');
    ana = await world.person(tenant);
    for (const candidateId of ['v-1', 'v-2', 'v-3'])
      expect((await ana.call('candidates.upsert', { candidateId, profile: { fullName: 'Ana' } })).status).toBe(200);
    for (const subject of ['t-1', 't-2', 't-3'])
      await changeWithAudit(tenant, byTests, async () => ({
        result: 0,
        entry: { action: 'thing.put', subjects: [subject] },
      }));
  });

  it('says of chains that nobody touched that they are whole, ends with 0, and writes its verdicts as JSON', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'audit-verify-'));
    try {
      const file = path.join(dir, 'verdicts.json');
      const { code, said } = await verify('--tenant', tenant, '--json', file);
      expect([code, said]).toEqual([0, expect.stringContaining('Every chain is whole (2 chains)')]);
      const last = (await audited()).at(-1);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([
        { tenant, chain: 'records', entries: 3, last: { seq: 3, hash: last?.hash }, broken: null },
        { tenant, chain: 'administration', entries: expect.any(Number), last: expect.any(Object), broken: null },
      ]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  }, 60_000);

  it('finds what somebody with the keys of either store has done, among all tenants, and ends with 1', async () => {
    await rows.query(`update headhunter.audit_entries set body = replace(body, 'v-2', 'v-9') where tenant_id = $1`, [
      tenant,
    ]);
    await (await openFirestore()).doc(admin(2)).delete();
    const { code, said } = await verify();
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`${tenant} +records +1 +BROKEN: edited at 2`));
    expect(said).toMatch(new RegExp(`${tenant} +administration +1 +BROKEN: gap at 2`));
    await rows.query('delete from headhunter.audit_entries where tenant_id = $1', [tenant]);
    await rows.query('delete from headhunter.audit_heads where tenant_id = $1', [tenant]);
    await (await openFirestore()).recursiveDelete((await openFirestore()).collection(`tenants/${tenant}/audit`));
  }, 60_000);

  it('finds an end that was cut off together with its head, once an anchor says what was there', async () => {
    const entries = await audited();
    await rows.query('delete from headhunter.audit_entries where tenant_id = $1 and seq = 3', [tenant]);
    await rows.query('update headhunter.audit_heads set seq = 2, hash = $2 where tenant_id = $1', [
      tenant,
      entries[1]?.hash,
    ]);
    expect((await verify('--tenant', tenant)).code).toBe(0);
    const cut = await verify('--tenant', tenant, '--anchor', `records:3:${entries[2]?.hash}`);
    expect([cut.code, cut.said]).toEqual([1, expect.stringMatching(/records +2 +BROKEN: truncated at 3/)]);
  }, 60_000);
});

describe('the command line of npm run audit:verify', () => {
  it.each([
    [['--tenant', 'no/tenant'], '--tenant takes a tenant'],
    [['--anchor', 'records:1:abc', '--tenant', 'acme'], '--anchor takes records or administration:SEQ:HASH'],
    [['--anchor', `records:1:${'0'.repeat(64)}`], '--anchor needs --tenant'],
    [['--whatever'], '--help tells what there is'],
  ])('refuses %j with the remedy, and ends with 2', async (args, remedy) => {
    const { code, said } = await verify(...args);
    expect([code, said]).toEqual([2, expect.stringContaining(remedy)]);
  });

  it('teaches with --help', async () => {
    const { code, said } = await verify('--help');
    expect(code).toBe(0);
    for (const kind of ['gap', 'edited', 'wrong_link', 'truncated', 'head_disagrees', 'anchor_disagrees'])
      expect(said).toContain(kind);
  });
});
