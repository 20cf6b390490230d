import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Attribution, OperatorTools } from '../../../src/context.ts';
import { operatorTenant, TenantId } from '../../../src/contract/ids.ts';
import { createTenant } from '../../../src/domain/admin/create-tenant.ts';
import { offboardTenant, type Pace } from '../../../src/domain/admin/offboard-tenant.ts';
import { operatorToolsOf } from '../../../src/middleware/operator-tools.ts';
import { openAuth } from '../../../src/platform/accounts.ts';
import { openKeyValue } from '../../../src/platform/cache.ts';
import { openFirestore } from '../../../src/platform/firestore.ts';
import { findApiKey } from '../../../src/stores/api-keys.ts';
import { checkClientSecret, findOAuthClient } from '../../../src/stores/oauth-clients.ts';
import { ask, dialects, type Json, openWorld, type Person, uidOf, type World } from '../../harness.ts';
import { openTenantRows, type TenantRows } from '../../tenant-rows.ts';

let world: World;
let rows: TenantRows;
let olga: Person;
let operator: OperatorTools;
let folder: string;

const attribution: Attribution = {
  actorKind: 'person',
  actor: 'olga',
  by: 'test',
  requestId: 'request-of-test',
  address: '',
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exports-'));
  process.env['EXPORT_FOLDER'] = folder;
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  olga = await world.operator();
  operator = await operatorToolsOf(attribution);
}, 60_000);
afterAll(async () => {
  await rows.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const newId = (name: string) => TenantId.parse(`${name}-${randomBytes(5).toString('hex')}`);
const inputOf = (tenantId: TenantId, more = {}) => ({
  tenantId,
  name: 'Exemplo Talentos',
  adminEmail: `${tenantId}@example.com`,
  dedicatedPartitions: false,
  credentials: false,
  ...more,
});
const document = async (at: string): Promise<Json> => (await (await openFirestore()).doc(at).get()).data();
const deedsOf = async (tenant: string): Promise<string[]> =>
  (await (await openFirestore()).collection(`tenants/${tenant}/audit`).get()).docs.map(
    (doc) => JSON.parse(doc.data()['body']).action,
  );
const ordersFor = async (tenant: string): Promise<Json[]> =>
  (await (await openFirestore()).collection(`tenants/${operatorTenant}/audit`).get()).docs
    .map((doc) => JSON.parse(doc.data()['body']))
    .filter(({ subjects }) => subjects.includes(`tenant:${tenant}`));
const accountsNaming = async (tenant: string): Promise<string[]> =>
  (await (await openAuth()).listUsers()).users
    .filter(({ customClaims }) => customClaims?.['tenantId'] === tenant)
    .map(({ uid }) => uid);

/** A tenant with people, documents, vectors, members, an account and a cached answer. */
async function inhabited(name: string): Promise<{ tenant: TenantId; person: Person }> {
  const tenant = await world.tenant(name);
  const person = await world.person(tenant, ['admin']);
  const candidates = Array.from({ length: 12 }, (_, i) => ({
    candidateId: `c-${i}`,
    profile: { fullName: `Pessoa Exemplo ${i}`, skills: [{ name: 'Kafka' }], summary: 'Kafka e Kubernetes em Recife.' },
  }));
  expect((await person.call('candidates.import', { candidates })).status).toBe(200);
  expect((await person.call('search.hybrid', { query: 'Kafka' })).status).toBe(200);
  const firestore = await openFirestore();
  await firestore
    .doc(`tenants/${tenant}/apiKeys/k1`)
    .set({ name: 'ats', hash: 'the-hash-of-a-key', prefix: 'hhk_abc' });
  await firestore.doc(`tenants/${tenant}/jobs/j1`).set({ state: 'done' });
  await firestore.doc(`tenants/${tenant}/jobs/j1/steps/s1`).set({ state: 'done' });
  return { tenant, person };
}

const quick: Pace = { isTimeUp: () => false, drainSeconds: 0 };
const offboard = (tenantId: TenantId, pace: Partial<Pace> = {}) =>
  offboardTenant(operator, { tenantId, confirm: tenantId, requestedBy: 'olga' }, { ...quick, ...pace });

describe.each(dialects)('by %s', (dialect) => {
  it('an operator makes a tenant, whose administrator signs in by the link and works', async () => {
    const { dedicatedPartitions: _, ...input } = inputOf(newId('made'), { credentials: true });
    const { status, reply } = await ask(olga, dialect, 'admin.create-tenant', input);
    expect([status, reply.tenant.status, reply.admin.member.roles]).toEqual([200, 'active', ['admin']]);
    const admin = await world.accept(reply.admin.passwordLink, input.adminEmail);
    expect((await ask(admin, dialect, 'admin.list-members', {})).reply.members).toEqual([reply.admin.member]);
    expect(await findApiKey(input.tenantId, reply.credentials.key)).toMatchObject({
      keyId: reply.credentials.apiKey.keyId,
    });
    const { clientId } = reply.credentials.client;
    expect(
      checkClientSecret(await findOAuthClient(input.tenantId, clientId), reply.credentials.clientSecret),
    ).toBeTruthy();
    const again = await ask(olga, dialect, 'admin.create-tenant', input);
    expect([again.status, again.reply.admin, again.reply.tenant]).toEqual([200, null, reply.tenant]);
    for (const more of [{ name: 'Outra' }, { adminEmail: 'other@example.com' }, { dedicatedPartitions: true }])
      expect((await ask(olga, dialect, 'admin.create-tenant', { ...input, ...more })).error.code).toBe(
        'tenant.conflict',
      );
    const listed = await ask(olga, dialect, 'admin.list-tenants', { limit: 200 });
    expect(listed.reply.tenants.length).toBeGreaterThan(0);
  });

  it('the operators’ own tenant is neither made, suspended nor offboarded', async () => {
    const tenantId = operatorTenant;
    for (const [id, input] of [
      ['admin.create-tenant', { tenantId, name: 'Mine', adminEmail: 'mallory@example.com' }],
      ['admin.suspend-tenant', { tenantId }],
      ['admin.offboard-tenant', { tenantId, confirm: tenantId }],
    ] as const)
      expect((await ask(olga, dialect, id, input)).error.code).toBe('tenant.conflict');
  });

  it('who is no operator sees and changes no tenant, not even as administrator of theirs', async () => {
    const tenantId = await world.tenant('curious');
    for (const roles of [['admin'], ['operator'], ['admin', 'operator']] as const) {
      const person = await world.person(tenantId, roles);
      expect((await ask(person, dialect, 'admin.list-tenants', {})).error.code).toBe('auth.scope_missing');
      expect((await ask(person, dialect, 'admin.suspend-tenant', { tenantId })).error.code).toBe('auth.scope_missing');
      expect((await ask(person, dialect, 'admin.offboard-tenant', { tenantId, confirm: tenantId })).error.code).toBe(
        'auth.scope_missing',
      );
    }
  });

  it('a suspended tenant is refused at the very next call, and let in again when resumed', async () => {
    const tenantId = await world.tenant('late-payer');
    const person = await world.person(tenantId);
    expect((await ask(person, dialect, 'candidates.list', {})).status).toBe(200);
    expect((await ask(olga, dialect, 'admin.suspend-tenant', { tenantId })).reply.tenant.status).toBe('suspended');
    for (const id of ['candidates.list', 'search.hybrid', 'admin.list-members']) {
      const told = await ask(person, dialect, id, {});
      expect([told.status, told.error.code]).toEqual([403, 'tenant.inactive']);
    }
    expect((await ask(olga, dialect, 'admin.suspend-tenant', { tenantId })).status).toBe(200);
    expect((await ask(olga, dialect, 'admin.resume-tenant', { tenantId })).reply.tenant.status).toBe('active');
    expect((await ask(person, dialect, 'candidates.list', {})).status).toBe(200);
    expect((await deedsOf(tenantId)).filter((deed) => deed !== 'call.refused')).toEqual([
      'tenant.suspended',
      'tenant.resumed',
    ]);
    expect((await ordersFor(tenantId)).map(({ details, actor }) => [details.deed, actor])).toEqual([
      ['tenant.suspended', uidOf(olga)],
      ['tenant.resumed', uidOf(olga)],
    ]);
  });

  it('what is not there is not found, and what is not asked for twice is not erased', async () => {
    const tenantId = newId('nowhere');
    for (const id of ['admin.suspend-tenant', 'admin.resume-tenant'])
      expect((await ask(olga, dialect, id, { tenantId })).error.code).toBe('tenant.not_found');
    const told = await ask(olga, dialect, 'admin.offboard-tenant', { tenantId, confirm: tenantId });
    expect(told.error.code).toBe('tenant.not_found');
    const wrong = await ask(olga, dialect, 'admin.offboard-tenant', { tenantId, confirm: 'yes' });
    expect([wrong.error.code, wrong.error.details[0].path]).toEqual(['input.invalid', 'confirm']);
  });

  it('a tenant that is leaving is refused at once, and drained before anything is read of it', async () => {
    const { tenant, person } = await inhabited('leaving');
    const { reply } = await ask(olga, dialect, 'admin.offboard-tenant', { tenantId: tenant, confirm: tenant });
    expect([reply.state, reply.files, reply.receipt]).toEqual(['draining', 0, null]);
    expect((await ask(person, dialect, 'candidates.list', {})).error.code).toBe('tenant.inactive');
    const resumed = await ask(olga, dialect, 'admin.resume-tenant', { tenantId: tenant });
    expect(resumed.error.code).toBe('tenant.conflict');
  });
});

describe('a creation that is killed', () => {
  const steps = ['reserved', 'registered', 'partitioned', 'invited', 'credentials', 'activated'];

  it.each(steps)(
    'after %s goes on where it stopped, and ends like any other',
    async (killed) => {
      const input = inputOf(newId('killed'), { dedicatedPartitions: true, credentials: true });
      const { tenantId } = input;
      const dying = createTenant(operator, input, async (step) => {
        if (step === killed) throw new Error('killed');
      });
      await expect(dying).rejects.toThrow('killed');
      if (killed !== 'activated') expect((await document(`tenants/${tenantId}`)).status).toBe('provisioning');
      const { tenant, credentials } = await createTenant(operator, input);
      expect(tenant.status).toBe('active');
      expect(await operator.of(tenantId).rows.state()).toEqual({
        isRegistered: true,
        isPromoted: true,
        isErased: false,
      });
      const deeds = await deedsOf(tenantId);
      for (const once of ['tenant.created', 'member.invited', 'tenant.activated'])
        expect([once, deeds.filter((deed) => deed === once).length]).toEqual([once, 1]);
      const keys = (await operator.of(tenantId).apiKeys.list(10)).filter(({ status }) => status === 'active');
      const clients = (await operator.of(tenantId).oauthClients.list(10)).filter(({ status }) => status === 'active');
      expect([keys.length, clients.length]).toEqual([1, 1]);
      if (killed !== 'activated') expect(await findApiKey(tenantId, credentials?.key ?? '')).not.toBeNull();
      const members = await operator.of(tenantId).members.list(10);
      expect(members.map(({ roles, status }) => [roles, status])).toEqual([[['admin'], 'active']]);
      expect(await accountsNaming(tenantId)).toEqual(members.map(({ uid }) => uid));
    },
    60_000,
  );

  it('lets nobody in before its last step', async () => {
    const input = inputOf(newId('early'));
    const dying = createTenant(operator, input, async (step) => {
      if (step === 'invited') throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    const person = await world.person(input.tenantId, ['admin']);
    expect((await ask(person, 'rest', 'candidates.list', {})).error.code).toBe('tenant.inactive');
  });
});

describe('an offboarding', () => {
  it('exports everything but secrets, erases everything, and says so in a receipt', async () => {
    const { tenant, person } = await inhabited('gone');
    const other = await inhabited('stays');
    const before = await rows.countsOf(other.tenant);
    const had = await rows.countsOf(tenant);
    const { state, receipt } = await offboard(tenant);
    expect(state).toBe('erased');
    expect(receipt?.erased).toMatchObject({ 'postgres.candidates': 12, accounts: 1 });
    expect(Object.values(receipt?.remaining ?? { none: 1 }).filter((count) => count !== 0)).toEqual([]);
    expect(Object.keys(receipt?.remaining ?? {})).toEqual(Object.keys(receipt?.erased ?? {}));

    const manifestText = await readFile(path.join(folder, receipt?.export.manifest ?? ''), 'utf8');
    expect(createHash('sha256').update(manifestText).digest('hex')).toBe(receipt?.export.sha256);
    const { files } = JSON.parse(manifestText) as {
      files: { file: string; rows: number; bytes: number; sha256: string }[];
    };
    const texts = new Map<string, string>();
    for (const { file, rows: count, bytes, sha256 } of files) {
      const text = await readFile(
        path.join(path.dirname(path.join(folder, receipt?.export.manifest ?? '')), file),
        'utf8',
      );
      texts.set(file, text);
      expect([file, text.split('\n').length - 1, Buffer.byteLength(text)]).toEqual([file, count, bytes]);
      expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    }
    for (const table of ['candidates', 'embeddings', 'search_documents', 'term_counts']) {
      const exported = files.filter(({ file }) => file.startsWith(`postgres/${table}-`));
      expect([table, exported.reduce((sum, file) => sum + file.rows, 0)]).toEqual([table, had[table]]);
    }
    const all = [...texts.values()].join('');
    expect(all).toContain('Pessoa Exemplo 7');
    expect(all).toContain('hhk_abc');
    expect(all).toContain('"steps"');
    expect(all).toContain(`${uidOf(person)}@example.com`);
    expect(all).not.toContain('the-hash-of-a-key');

    expect(Object.values(await rows.countsOf(tenant)).every((count) => count === 0)).toBe(true);
    expect(await document(`tenants/${tenant}`)).toBeUndefined();
    expect(await (await openFirestore()).doc(`tenants/${tenant}`).listCollections()).toEqual([]);
    expect(await accountsNaming(tenant)).toEqual([]);
    expect(await (await openKeyValue())?.sweep(`t:${tenant}:`, false)).toBe(0);
    expect((await ask(person, 'rest', 'candidates.list', {})).status).toBeGreaterThanOrEqual(401);

    expect(await rows.countsOf(other.tenant)).toEqual(before);
    expect((await ask(other.person, 'rest', 'candidates.get', { candidateId: 'c-7' })).status).toBe(200);
    expect(await accountsNaming(other.tenant)).toEqual([uidOf(other.person)]);

    const filed = await (await openFirestore()).collection(`tenants/${operatorTenant}/receipts`).get();
    expect(filed.docs.filter(({ id }) => id.startsWith(tenant)).map((doc) => doc.data())).toEqual([receipt]);
    expect((await ordersFor(tenant)).at(-1)).toMatchObject({ action: 'tenant.erased', actorKind: 'operator' });
    expect((await offboard(tenant)).receipt).toEqual(receipt);
    await expect(createTenant(operator, inputOf(tenant))).rejects.toMatchObject({ code: 'tenant.conflict' });
  }, 60_000);

  it('takes partitions of the tenant’s own away with it', async () => {
    const input = inputOf(newId('large'), { dedicatedPartitions: true });
    await createTenant(operator, input);
    expect((await operator.of(input.tenantId).rows.counts())['own_partitions']).toBeGreaterThan(5);
    const { receipt } = await offboard(input.tenantId);
    expect(receipt?.erased['postgres.own_partitions']).toBeGreaterThan(5);
    expect(receipt?.remaining['postgres.own_partitions']).toBe(0);
  }, 60_000);

  it('killed after every step goes on where it stopped, to one receipt and one export', async () => {
    const { tenant } = await inhabited('killed');
    const killed = new Set<string>();
    let last = await offboard(tenant, { isTimeUp: () => true });
    for (let call = 0; call < 60 && last.state !== 'erased'; call++) {
      let step = 0;
      last = await offboard(tenant, {
        async afterStep(name) {
          step++;
          const isOnce = name === 'erased-unseen' || name === 'marked';
          if (isOnce && killed.has(name)) return;
          killed.add(name);
          throw new Error('killed');
        },
      }).catch((error: Error) => {
        expect([error.message, step > 0]).toEqual(['killed', true]);
        return last;
      });
    }
    expect([...killed].sort()).toEqual([
      'draining-exporting',
      'erased-unseen',
      'erasing-erased',
      'exported-erasing',
      'exporting-exported',
      'exporting-exporting',
      'marked',
    ]);
    expect(last.receipt?.erased).toMatchObject({ 'postgres.candidates': 12, accounts: 1 });
    const filed = await (await openFirestore()).collection(`tenants/${operatorTenant}/receipts`).get();
    expect(filed.docs.filter(({ id }) => id.startsWith(tenant))).toHaveLength(1);
    const files = last.parts.map(({ file }) => file);
    expect(new Set(files).size).toBe(files.length);
  }, 120_000);

  it.each([
    [
      'a row',
      async (tenant: TenantId) => {
        await rows.query('insert into headhunter.corpora (tenant_id, candidates) values ($1, 1)', [tenant]);
      },
    ],
    [
      'a document below others',
      async (tenant: TenantId) => {
        await (await openFirestore()).doc(`tenants/${tenant}/jobs/late/steps/one`).set({ state: 'late' });
      },
    ],
    [
      'an account',
      async (tenant: TenantId) => {
        const auth = await openAuth();
        const { uid } = await auth.createUser({ email: `late-${tenant}@example.com` });
        await auth.setCustomUserClaims(uid, { tenantId: tenant, roles: [] });
      },
    ],
    ['a key of the cache', async (tenant: TenantId) => (await openKeyValue())?.set(`t:${tenant}:late`, '1', 60)],
  ] as const)(
    'files no receipt while %s is left, and erases that too when called again',
    async (_, plant) => {
      const { tenant } = await inhabited('leftover');
      const first = await offboard(tenant, {
        afterStep: async (step) => {
          if (step === 'erased-unseen') await plant(tenant);
        },
      });
      expect([first.state, first.receipt]).toEqual(['erasing', undefined]);
      const filed = async () =>
        (await (await openFirestore()).collection(`tenants/${operatorTenant}/receipts`).get()).docs.filter(({ id }) =>
          id.startsWith(tenant),
        ).length;
      expect(await filed()).toBe(0);
      expect((await offboard(tenant)).state).toBe('erased');
      expect(await filed()).toBe(1);
    },
    60_000,
  );

  it('is refused before anything is touched where there is no place for the export', async () => {
    const tenant = await world.tenant('no-bucket');
    const issuer = process.env['OAUTH_ISSUER'];
    Object.assign(process.env, { K_SERVICE: 'admin-offboard-tenant', OAUTH_ISSUER: 'https://api.example.com' });
    try {
      await expect(offboard(tenant)).rejects.toMatchObject({ code: 'export.unavailable' });
    } finally {
      delete process.env['K_SERVICE'];
      Object.assign(process.env, { OAUTH_ISSUER: issuer });
    }
    expect((await document(`tenants/${tenant}`)).status).toBe('active');
  });
});
