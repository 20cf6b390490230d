import { peopleOf } from '../../../../scripts/lib/auth-emulator.ts';
import type { Attribution } from '../../../src/context.ts';
import type { TenantId } from '../../../src/contract/ids.ts';
import { inviteMember } from '../../../src/domain/admin/invite-member.ts';
import { removeMember } from '../../../src/domain/admin/remove-member.ts';
import { accountsOf, openAuth } from '../../../src/platform/accounts.ts';
import { openFirestore } from '../../../src/platform/firestore.ts';
import { membersOf } from '../../../src/stores/members.ts';
import { ask, dialects, type Json, openWorld, type Person, uidOf, type World } from '../../harness.ts';

let world: World;
const emulator = peopleOf(process.env['FIREBASE_AUTH_EMULATOR_HOST'] ?? '');
const password = 'secret-for-tests';

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let counter = 0;
const address = () => `invited-${process.pid}-${Date.now()}-${counter++}@example.com`;

const claimsOf = async (uid: string): Promise<unknown> => (await (await openAuth()).getUser(uid)).customClaims ?? {};

const documentOf = async (tenant: string, uid: string): Promise<Json> =>
  (await (await openFirestore()).doc(`tenants/${tenant}/members/${uid}`).get()).data();

const entriesOf = async (tenant: string): Promise<Json[]> =>
  (await (await openFirestore()).collection(`tenants/${tenant}/audit`).get()).docs.map((doc) =>
    JSON.parse(doc.data()['body']),
  );

/** Somebody who signs up on their own, with an address that they may not own. */
async function signUp(email: string): Promise<{ uid: string; idToken: string }> {
  const host = process.env['FIREBASE_AUTH_EMULATOR_HOST'];
  const answer = await fetch(`http://${host}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'the password of a stranger', returnSecureToken: true }),
  });
  const { localId, idToken } = (await answer.json()) as { localId: string; idToken: string };
  return { uid: localId, idToken };
}

const attributionOf = (actor: string): Attribution => ({
  actorKind: 'operator',
  actor,
  by: 'test',
  requestId: 'request-of-test',
  address: '',
});

describe.each(dialects)('by %s', (dialect) => {
  let tenant: TenantId;
  let admin: Person;
  const invite = (who: Person, email: string, roles: readonly string[] = ['recruiter'], more = {}) =>
    ask(who, dialect, 'admin.invite-member', { email, roles, ...more });
  const change = (who: Person, uid: string, roles: readonly string[]) =>
    ask(who, dialect, 'admin.change-member-roles', { uid, roles });
  const remove = (who: Person, uid: string) => ask(who, dialect, 'admin.remove-member', { uid });

  beforeAll(async () => {
    tenant = await world.tenant('members');
    admin = await world.person(tenant, ['admin']);
  });

  it('somebody new is invited, sets a password by the link and works with the roles that were given', async () => {
    const email = address();
    const { status, reply } = await invite(admin, email.toUpperCase());
    expect([status, reply.outcome, reply.member.email, reply.member.roles]).toEqual([
      200,
      'invited',
      email,
      ['recruiter'],
    ]);
    expect(await claimsOf(reply.member.uid)).toEqual({ tenantId: tenant, roles: ['recruiter'] });
    const marina = await world.accept(reply.passwordLink, email);
    expect((await ask(marina, dialect, 'candidates.list', {})).status).toBe(200);
    expect((await ask(marina, dialect, 'admin.list-members', {})).error.code).toBe('auth.scope_missing');
    const listed = await ask(admin, dialect, 'admin.list-members', { limit: 200 });
    expect(listed.reply.members.map((one: Json) => one.uid)).toContain(reply.member.uid);
  });

  it('an invitation may be repeated: nothing changes, and no link is given to an account that is in use', async () => {
    const email = address();
    const first = await invite(admin, email);
    const second = await invite(admin, email, ['admin']);
    expect([second.reply.outcome, second.reply.member.roles]).toEqual(['already_member', ['recruiter']]);
    expect(second.reply.passwordLink).toContain('oobCode');
    await world.accept(first.reply.passwordLink, email);
    const third = await invite(admin, email);
    expect([third.reply.outcome, third.reply.passwordLink]).toEqual(['already_member', null]);
  });

  it('the list is told page by page, each member once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { reply } = await ask(admin, dialect, 'admin.list-members', { limit: 2, ...(cursor && { cursor }) });
      seen.push(...reply.members.map((one: Json) => one.uid));
      cursor = reply.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toContain(uidOf(admin));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('an account of another tenant cannot be invited, and stays what it is', async () => {
    const elsewhere = await world.tenant('elsewhere');
    const eve = await world.person(elsewhere, ['recruiter']);
    const { status, error } = await invite(admin, `${uidOf(eve)}@example.com`, ['admin']);
    expect([status, error.code, error.details]).toEqual([400, 'member.elsewhere', undefined]);
    expect(JSON.stringify(error)).not.toContain(elsewhere);
    expect(await claimsOf(uidOf(eve))).toEqual({ tenantId: elsewhere, roles: ['recruiter'] });
    expect(await documentOf(tenant, uidOf(eve))).toBeUndefined();
  });

  it('who signed up with an address that is not theirs gains nothing by its owner being invited', async () => {
    const email = address();
    const stranger = await signUp(email);
    const { reply } = await invite(admin, email);
    expect(reply.outcome).toBe('invited');
    expect(reply.member.uid).not.toBe(stranger.uid);
    await expect(emulator.signIn(email, 'the password of a stranger')).rejects.toThrow(/INVALID_LOGIN|PASSWORD/);
    expect((await ask(world.withToken(stranger.idToken), dialect, 'candidates.list', {})).status).not.toBe(200);
    expect((await ask(await world.accept(reply.passwordLink, email), dialect, 'candidates.list', {})).status).toBe(200);
  });

  it('new roles are lost at the next call and gained at the next sign-in', async () => {
    const rui = await world.person(tenant, ['recruiter']);
    const { status, reply } = await change(admin, uidOf(rui), ['auditor']);
    expect([status, reply.member.roles]).toEqual([200, ['auditor']]);
    expect((await ask(rui, dialect, 'candidates.list', {})).error.code).toBe('auth.scope_missing');
    const again = world.withToken(await emulator.signIn(`${uidOf(rui)}@example.com`, password));
    expect((await ask(again, dialect, 'admin.list-members', {})).status).toBe(200);
  });

  it('a removed member is refused at the next call with the token they have, and signed out', async () => {
    const rui = await world.person(tenant, ['recruiter']);
    expect((await ask(rui, dialect, 'candidates.list', {})).status).toBe(200);
    expect((await remove(admin, uidOf(rui))).reply.status).toBe('removed');
    // The emulator also looks whether a session was ended, which a deployed function does not; a crash test below does without.
    const told = await rui.restById('candidates.list', {});
    expect(told.status).toBeGreaterThanOrEqual(401);
    expect(['auth.not_a_member', 'auth.required']).toContain(told.body.code);
    expect(await claimsOf(uidOf(rui))).toEqual({});
    const user = await (await openAuth()).getUser(uidOf(rui));
    expect(Date.parse(user.tokensValidAfterTime ?? '')).toBeGreaterThanOrEqual(Date.parse(user.metadata.creationTime));
    expect((await remove(admin, uidOf(rui))).status).toBe(200);
    expect((await change(admin, uidOf(rui), ['recruiter'])).error.code).toBe('member.not_found');
    expect(await documentOf(tenant, uidOf(rui))).toMatchObject({ status: 'removed', roles: [] });
  });

  it('who was removed can be invited again', async () => {
    const rui = await world.person(tenant, ['recruiter']);
    await remove(admin, uidOf(rui));
    const { reply } = await invite(admin, `${uidOf(rui)}@example.com`, ['auditor']);
    expect([reply.outcome, reply.member.uid, reply.member.roles]).toEqual(['invited', uidOf(rui), ['auditor']]);
    expect(await claimsOf(uidOf(rui))).toEqual({ tenantId: tenant, roles: ['auditor'] });
  });

  it('who is nowhere, and who is another tenant’s, are the same to change and to remove', async () => {
    const eve = await world.person(await world.tenant('elsewhere'), ['recruiter']);
    for (const uid of ['nobody-at-all', uidOf(eve)]) {
      expect((await change(admin, uid, ['admin'])).error.code).toBe('member.not_found');
      expect((await remove(admin, uid)).error.code).toBe('member.not_found');
    }
    expect((await ask(eve, dialect, 'candidates.list', {})).status).toBe(200);
  });

  describe('nobody raises their own role', () => {
    it.each(['recruiter', 'auditor'] as const)('a %s can neither invite, change nor remove anybody', async (role) => {
      const rui = await world.person(tenant, [role]);
      for (const told of [
        await invite(rui, address(), ['admin']),
        await change(rui, uidOf(rui), ['admin']),
        await remove(rui, uidOf(admin)),
      ])
        expect(told.error.code).toBe('auth.scope_missing');
    });

    it('an administrator changes and removes others only, themselves never', async () => {
      const second = await world.person(tenant, ['admin']);
      const uid = uidOf(second);
      expect((await change(second, uid, ['admin', 'recruiter', 'auditor'])).error.code).toBe('member.own_roles');
      expect((await change(second, uid, ['recruiter'])).error.code).toBe('member.own_roles');
      expect((await remove(second, uid)).error.code).toBe('member.own_roles');
      expect((await invite(second, `${uid}@example.com`, ['admin', 'recruiter'])).error.code).toBe('member.own_roles');
      expect(await documentOf(tenant, uid)).toMatchObject({ roles: ['admin'], status: 'active' });
    });

    it.each([
      [['operator'], 'roles[0]'],
      [['admin', 'operator'], 'roles[1]'],
      [['recruiter', 'root'], 'roles[1]'],
      [['__proto__'], 'roles[0]'],
      [['recruiter', 'recruiter'], 'roles'],
      [[], 'roles'],
    ])('the roles %j are refused', async (roles, path) => {
      const rui = await world.person(tenant, ['recruiter']);
      for (const told of [await invite(admin, address(), roles), await change(admin, uidOf(rui), roles)]) {
        expect(told.error.code).toBe('input.invalid');
        expect(told.error.details[0].path).toBe(path);
      }
    });

    it('surplus fields such as a tenant, a uid or claims are refused', async () => {
      for (const more of [{ tenantId: 'x' }, { uid: uidOf(admin) }, { claims: { roles: ['operator'] } }])
        expect((await invite(admin, address(), ['recruiter'], more)).error.code).toBe('input.invalid');
    });

    it('a role that only the token or only the document has counts nowhere', async () => {
      const rui = await world.person(tenant, ['recruiter']);
      await (await openAuth()).setCustomUserClaims(uidOf(rui), { tenantId: tenant, roles: ['admin', 'operator'] });
      const again = world.withToken(await emulator.signIn(`${uidOf(rui)}@example.com`, password));
      expect((await ask(again, dialect, 'admin.list-members', {})).error.code).toBe('auth.scope_missing');
    });
  });

  describe('the last administrator', () => {
    it('can be neither removed nor demoted, and a recruiter beside them makes no difference', async () => {
      const own = await world.tenant('last-admin');
      const [one, other] = [await world.person(own, ['admin']), await world.person(own, ['admin'])];
      await world.person(own, ['recruiter']);
      expect((await change(one, uidOf(other), ['recruiter'])).status).toBe(200);
      // What an operator does with the same verbs is held by the same rule.
      const tools = { members: membersOf(own, attributionOf('op')), accounts: accountsOf(await openAuth(), own) };
      await expect(removeMember(tools, uidOf(one))).rejects.toMatchObject({ code: 'member.last_admin' });
      await expect(tools.members.changeRoles(uidOf(one), ['recruiter'])).rejects.toMatchObject({
        code: 'member.last_admin',
      });
      expect((await ask(one, dialect, 'admin.list-members', {})).status).toBe(200);
    });

    it.each([1, 2, 3])('is left when two administrators demote and remove each other at once (round %i)', async () => {
      const own = await world.tenant('duel');
      const [one, other] = [await world.person(own, ['admin']), await world.person(own, ['admin'])];
      const told = await Promise.all([change(one, uidOf(other), ['recruiter']), remove(other, uidOf(one))]);
      expect(told.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
      const refused = told.find(({ status }) => status !== 200);
      expect(['member.last_admin', 'auth.scope_missing', 'auth.not_a_member']).toContain(refused?.error.code);
      const members = await Promise.all([one, other].map((person) => documentOf(own, uidOf(person))));
      expect(members.filter(({ roles }) => roles.includes('admin'))).toHaveLength(1);
    });
  });

  it('every change is recorded by id, and no e-mail address with it', async () => {
    const own = await world.tenant('recorded');
    const boss = await world.person(own, ['admin']);
    const email = address();
    const { reply } = await invite(boss, email);
    await change(boss, reply.member.uid, ['auditor']);
    await remove(boss, reply.member.uid);
    const entries = await entriesOf(own);
    expect(entries.map(({ action }) => action)).toEqual(['member.invited', 'member.roles_changed', 'member.removed']);
    for (const entry of entries) {
      expect(entry).toMatchObject({ actor: uidOf(boss), subjects: [`member:${reply.member.uid}`] });
      expect(JSON.stringify(entry)).not.toContain('@');
    }
  });
});

describe('a crash between the document and the claims', () => {
  const tools = async (tenant: TenantId, dies: 'grant' | 'revoke') => {
    const accounts = accountsOf(await openAuth(), tenant);
    const dying = { ...accounts, [dies]: () => Promise.reject(new Error('killed')) };
    const members = membersOf(tenant, attributionOf('op'));
    return { whole: { members, accounts }, dying: { members, accounts: dying } };
  };

  it('of an invitation leaves no access, and the same invitation again gives it', async () => {
    const tenant = await world.tenant('crash');
    const { whole, dying } = await tools(tenant, 'grant');
    const wanted = { email: address(), roles: ['recruiter'] as const };
    await expect(inviteMember(dying, wanted)).rejects.toThrow('killed');
    const uid = (await (await openAuth()).getUserByEmail(wanted.email)).uid;
    expect(await claimsOf(uid)).toEqual({});
    const { member, passwordLink } = await inviteMember(whole, wanted);
    expect(member.uid).toBe(uid);
    const marina = await world.accept(String(passwordLink), wanted.email);
    expect((await ask(marina, 'rest', 'candidates.list', {})).status).toBe(200);
  });

  it('of a removal leaves no access, and the same removal again clears the claims', async () => {
    const tenant = await world.tenant('crash');
    const rui = await world.person(tenant, ['recruiter']);
    const { whole, dying } = await tools(tenant, 'revoke');
    await expect(removeMember(dying, uidOf(rui))).rejects.toThrow('killed');
    expect(await claimsOf(uidOf(rui))).not.toEqual({});
    expect((await ask(rui, 'rest', 'candidates.list', {})).error.code).toBe('auth.not_a_member');
    await removeMember(whole, uidOf(rui));
    expect(await claimsOf(uidOf(rui))).toEqual({});
  });
});
