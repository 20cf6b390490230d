import { recogniseCredential, sealCredential } from '../../../src/contract/credential.ts';
import type { TenantId } from '../../../src/contract/ids.ts';
import { delegableScopes, rolesToScopes } from '../../../src/contract/scopes.ts';
import { registry } from '../../../src/endpoints/registry.ts';
import { endpointsOf } from '../../../src/projections/routes.ts';
import { findApiKey } from '../../../src/stores/api-keys.ts';
import { flushUses } from '../../../src/stores/credential-uses.ts';
import { checkClientSecret, findOAuthClient, oauthClientsOf } from '../../../src/stores/oauth-clients.ts';
import { byTests } from '../../attribution.ts';
import { dumpOf } from '../../firestore-dump.ts';
import { ask, type Dialect, dialects, type Json, openWorld, type Person, uidOf, type World } from '../../harness.ts';

let world: World;
let tenant: TenantId;
let admin: Person;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  tenant = await world.tenant('credentials');
  admin = await world.person(tenant, ['admin']);
});
afterAll(() => world.close());

/** The two kinds of credentials, told alike: where their id and text stand in an answer, and whether a text is accepted. */
const kinds = [
  {
    name: 'api-key',
    list: 'api-keys',
    idOf: (reply: Json) => reply.apiKey.keyId as string,
    textOf: (reply: Json) => reply.key as string,
    field: 'keyId',
    listed: (reply: Json) => reply.apiKeys as Json[],
    path: '/v1/admin/api-keys',
    kind: 'apiKey',
    works: async (_: string, text: string) => (await findApiKey(tenant, text)) !== null,
  },
  {
    name: 'oauth-client',
    list: 'oauth-clients',
    idOf: (reply: Json) => reply.client.clientId as string,
    textOf: (reply: Json) => reply.clientSecret as string,
    field: 'clientId',
    listed: (reply: Json) => reply.clients as Json[],
    path: '/v1/admin/oauth-clients',
    kind: 'clientSecret',
    works: async (id: string, text: string) =>
      checkClientSecret(await findOAuthClient(tenant, id as never), text) !== undefined,
  },
] as const;
const both = kinds.flatMap((kind) => dialects.map((dialect) => [kind.name, dialect, kind] as const));

const settings = { name: 'Sistema de vagas', scopes: ['candidates:read', 'search:read'] };
type Kind = (typeof kinds)[number];

const create = async (kind: Kind, dialect: Dialect, more = {}, who = admin) =>
  ask(who, dialect, `admin.create-${kind.name}`, { ...settings, ...more });
const rotate = (kind: Kind, dialect: Dialect, id: string, more = {}, who = admin) =>
  ask(who, dialect, `admin.rotate-${kind.name}`, { [kind.field]: id, ...more });
const revoke = (kind: Kind, dialect: Dialect, id: string, who = admin) =>
  ask(who, dialect, `admin.revoke-${kind.name}`, { [kind.field]: id });
const list = async (kind: Kind, dialect: Dialect, more = {}, who = admin) =>
  (await ask(who, dialect, `admin.list-${kind.list}`, more)).reply;

describe.each(both)('%s by %s', (_, dialect, kind) => {
  it('is created with a text that works and is shown in that answer alone', async () => {
    const { reply } = await create(kind, dialect);
    const [id, text] = [kind.idOf(reply), kind.textOf(reply)];
    expect(recogniseCredential(text)).toBe(kind.kind);
    expect(await kind.works(id, text)).toBe(true);
    await flushUses();
    const told = JSON.stringify([await list(kind, dialect), (await revoke(kind, dialect, id)).reply]);
    const { hash } = sealCredential(text);
    for (const secret of [text, text.slice(4, 36), hash]) expect(told).not.toContain(secret);
    const dump = await dumpOf(tenant);
    expect(dump).toContain(hash);
    expect(dump).not.toContain(text.slice(4, 36));
    expect(JSON.stringify(reply)).not.toContain(hash);
  });

  it('is made by the one who asked, and its whole life is in the audit log', async () => {
    const { reply } = await create(kind, dialect);
    await rotate(kind, dialect, kind.idOf(reply));
    await revoke(kind, dialect, kind.idOf(reply));
    const dump = await dumpOf(tenant);
    const noun = kind.name.replace('-', '_');
    for (const done of ['created', 'rotated', 'revoked']) expect(dump).toContain(`\\"action\\":\\"${noun}.${done}\\"`);
    expect(dump).toContain(`\\"by\\":\\"admin.create-${kind.name}\\"`);
    expect(dump).toContain(`\\"actor\\":\\"${uidOf(admin)}\\"`);
  });

  it('lives 365 days unless it is told otherwise, and 730 at most', async () => {
    const daysOf = (reply: Json) => {
      const { createdAt, expiresAt } = reply.apiKey ?? reply.client.secrets[0];
      return (Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000;
    };
    expect(daysOf((await create(kind, dialect)).reply)).toBe(365);
    expect(daysOf((await create(kind, dialect, { expiresInDays: 730 })).reply)).toBe(730);
    for (const expiresInDays of [0, 731, 1.5]) {
      const { error } = await create(kind, dialect, { expiresInDays });
      expect([error.code, error.details[0].path]).toEqual(['input.invalid', 'expiresInDays']);
    }
  });

  it('works on beside its successor for the overlap, a week unless told otherwise', async () => {
    const first = (await create(kind, dialect)).reply;
    const id = kind.idOf(first);
    const { reply } = await rotate(kind, dialect, id);
    const old = reply.replaced ?? reply.client.secrets[0];
    const next = reply.apiKey ?? reply.client.secrets[1];
    expect(Date.parse(old.acceptedUntil) - Date.parse(next.createdAt)).toBe(7 * 86_400_000);
    expect(await kind.works(id, kind.textOf(first))).toBe(true);
    expect(await kind.works(id, kind.textOf(reply))).toBe(true);
    const again = await rotate(kind, dialect, id);
    expect([again.status, again.error.code, again.error.details[0].path]).toEqual([
      400,
      'credential.conflict',
      kind.field,
    ]);
  });

  it('ends at once when it is rotated without overlap', async () => {
    const first = (await create(kind, dialect)).reply;
    const { reply } = await rotate(kind, dialect, kind.idOf(first), { overlapSeconds: 0 });
    expect(await kind.works(kind.idOf(first), kind.textOf(first))).toBe(false);
    expect(await kind.works(kind.idOf(first), kind.textOf(reply))).toBe(true);
    for (const overlapSeconds of [-1, 30 * 86_400 + 1]) {
      const { error } = await rotate(kind, dialect, kind.idOf(first), { overlapSeconds });
      expect([error.code, error.details[0].path]).toEqual(['input.invalid', 'overlapSeconds']);
    }
  });

  it('is refused from its revocation on; to revoke it again is no error', async () => {
    const { reply } = await create(kind, dialect);
    const id = kind.idOf(reply);
    expect(await kind.works(id, kind.textOf(reply))).toBe(true);
    const first = await revoke(kind, dialect, id);
    expect(first.reply[kind.name === 'api-key' ? 'apiKey' : 'client'].status).toBe('revoked');
    expect(await kind.works(id, kind.textOf(reply))).toBe(false);
    const { requestId: _one, ...told } = first.reply;
    const { requestId: _two, ...again } = (await revoke(kind, dialect, id)).reply;
    expect(again).toEqual(told);
  });

  it('can hold no scope that is not for credentials, and none twice', async () => {
    const others = new Set(Object.values(rolesToScopes).flat()).difference(new Set<string>(delegableScopes));
    expect(others.size).toBeGreaterThan(3);
    for (const scope of [...others, 'root', '*', '']) {
      const { error } = await create(kind, dialect, { scopes: ['search:read', scope] });
      expect([error.code, error.details[0].path]).toEqual(['input.invalid', 'scopes[1]']);
    }
    expect((await create(kind, dialect, { scopes: [] })).error.code).toBe('input.invalid');
    const { reply } = await create(kind, dialect, { scopes: ['search:read', 'search:read'] });
    expect((reply.apiKey ?? reply.client).scopes).toEqual(['search:read']);
  });

  it('of another tenant is what one is that exists nowhere, in the same words', async () => {
    const other = await world.person(await world.tenant('other'), ['admin']);
    const id = kind.idOf((await create(kind, dialect)).reply);
    const nowhere = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
    for (const verb of [
      rotate,
      (k: Kind, d: Dialect, one: string, _more: object, who: Person) => revoke(k, d, one, who),
    ]) {
      const [theirs, none] = [await verb(kind, dialect, id, {}, other), await verb(kind, dialect, nowhere, {}, other)];
      expect([theirs.status, theirs.error.code]).toEqual([404, 'credential.not_found']);
      expect({ ...theirs.error, requestId: '' }).toEqual({ ...none.error, requestId: '' });
    }
    expect(kind.listed(await list(kind, dialect, {}, other))).toEqual([]);
    expect(kind.listed(await list(kind, dialect))).toHaveLength(1);
  });

  it('is listed newest first, page by page, with the last use', async () => {
    const made: Json[] = [];
    for (let i = 0; i < 3; i++) made.push((await create(kind, dialect)).reply);
    const [one] = made;
    await kind.works(kind.idOf(one), kind.textOf(one));
    await flushUses();
    const first = await list(kind, dialect, { limit: 2 });
    const rest = await list(kind, dialect, { limit: 2, cursor: first.nextCursor });
    const listed = [...kind.listed(first), ...kind.listed(rest)];
    expect(listed.map((each) => each[kind.field])).toEqual(made.map(kind.idOf).reverse());
    expect([first.nextCursor === null, rest.nextCursor]).toEqual([false, null]);
    const used = listed.map((each) => (each.secrets?.[0] ?? each).lastUsedAt !== null);
    expect(used).toEqual([false, false, true]);
    const other = await world.person(await world.tenant('other'), ['admin']);
    const stolen = await ask(other, dialect, `admin.list-${kind.list}`, { cursor: first.nextCursor });
    expect(stolen.error.code).toBe('page.cursor_invalid');
  });

  it('is for administrators: a recruiter sees none, an auditor sees and changes none, a program neither', async () => {
    const id = kind.idOf((await create(kind, dialect)).reply);
    const recruiter = await world.person(tenant, ['recruiter']);
    const auditor = await world.person(tenant, ['auditor']);
    const program = await (await world.integrator(tenant)).signIn();
    const asking = (who: Person, how: Dialect) => [
      ask(who, how, `admin.list-${kind.list}`, {}),
      create(kind, how, {}, who),
      rotate(kind, how, id, {}, who),
      revoke(kind, how, id, who),
    ];
    const codes = async (who: Person, how = dialect) =>
      (await Promise.all(asking(who, how))).map(({ error }) => error?.code ?? 'ok');
    const missing = 'auth.scope_missing';
    expect(await codes(recruiter)).toEqual([missing, missing, missing, missing]);
    expect(await codes(auditor)).toEqual(['ok', missing, missing, missing]);
    expect(await codes(program, 'rest')).toEqual([missing, missing, missing, missing]);
  });
});

describe('a rotation over REST', () => {
  it.each(kinds)('of $name needs no body', async (kind) => {
    const id = kind.idOf((await create(kind, 'rest')).reply);
    const { status } = await admin.rest('POST', `${kind.path}/${id}/rotate`);
    expect(status).toBe(200);
  });
});

describe('the number of credentials', () => {
  it('is bounded: the twenty-first client is refused with the list it would be in', async () => {
    const kind = kinds.find(({ name }) => name === 'oauth-client') as Kind;
    for (let i = 0; i < 20; i++) {
      const expiresAt = new Date(Date.now() + 86_400_000);
      const given = { name: 'ATS', scopes: ['search:read'], callsPerSecond: null, expiresAt } as const;
      await oauthClientsOf(tenant, byTests).create(sealCredential(`text ${i}`), given, new Date());
    }
    const { status, error } = await create(kind, 'rest');
    expect([status, error.code, error.details[0].path]).toEqual([400, 'credential.limit', 'oauthClients']);
  }, 60_000);
});

describe('every answer', () => {
  it('with a text that is shown once says so in its contract', () => {
    const showing = Object.values(registry.admin).filter(({ output }) =>
      Object.keys(output.shape).some((field) => field === 'key' || field === 'clientSecret'),
    );
    expect(showing.map(({ id }) => id)).toHaveLength(4);
    for (const { output } of showing) {
      const shape = output.shape as Record<string, { description?: string }>;
      expect((shape['key'] ?? shape['clientSecret'])?.description).toMatch(/^Shown once/);
    }
  });

  it('to an id that is not there is asked of above', () => {
    const taking = endpointsOf(registry).filter(({ errors }) => errors.includes('credential.not_found'));
    const asked = kinds.flatMap(({ name }) => [`admin.rotate-${name}`, `admin.revoke-${name}`]);
    expect(taking.map(({ id }) => id).sort()).toEqual(asked.sort());
  });
});
