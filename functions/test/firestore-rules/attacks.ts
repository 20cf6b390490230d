import {
  arrayUnion,
  collection,
  deleteDoc,
  deleteField,
  doc,
  type Firestore,
  increment,
  runTransaction,
  serverTimestamp,
  setDoc,
  updateDoc,
  writeBatch,
} from 'firebase/firestore';
import { admin, auditor, everybody, recruiter } from './accounts.ts';
import { read } from './reads.ts';
import { type Account, account } from './seed.ts';

/** Who tries what. */
export interface Attempt {
  readonly sentence: string;
  readonly who: Account | undefined;
  readonly send: (database: Firestore) => Promise<unknown>;
}

const attempt = (sentence: string, who: Account | undefined, send: Attempt['send']): Attempt => ({
  sentence,
  who,
  send,
});

const own = 'tenants/acme/members/recruiter';
const crown = { roles: ['admin'], status: 'active' };
const neverMember = account('nobody', { tenantId: 'acme', roles: ['admin'] });
const elsewhere = everybody['the admin of another tenant'].account;
const former = everybody['a removed admin whose token still holds'].account;
const set =
  (path: string, fields: object, options = {}) =>
  (database: Firestore) =>
    setDoc(doc(database, path), fields, options);
const update = (path: string, fields: object) => (database: Firestore) => updateDoc(doc(database, path), { ...fields });

/** Attempts to become more than one is. */
export const promotions: readonly Attempt[] = [
  attempt('a recruiter makes themselves an administrator', recruiter, update(own, { roles: ['admin'] })),
  attempt('a recruiter adds a role to their own', recruiter, update(own, { roles: arrayUnion('admin') })),
  attempt('a recruiter merges a role into their own document', recruiter, set(own, crown, { merge: true })),
  attempt('a recruiter merges one field of it', recruiter, set(own, crown, { mergeFields: ['roles'] })),
  attempt('a recruiter replaces it', recruiter, set(own, crown)),
  attempt('a recruiter deletes it, to be made anew', recruiter, (database) => deleteDoc(doc(database, own))),
  attempt('a recruiter changes a field of it that decides nothing', recruiter, update(own, { displayName: 'R' })),
  attempt('a recruiter writes to it what is there already', recruiter, update(own, { status: 'active' })),
  attempt('a recruiter writes permissions of their own invention', recruiter, update(own, { 'permissions.all': true })),
  attempt('a recruiter takes a field away from it', recruiter, update(own, { roles: deleteField() })),
  attempt('a recruiter has the server stamp it', recruiter, update(own, { seenAt: serverTimestamp() })),
  attempt('a recruiter has the server count in it', recruiter, update(own, { visits: increment(1) })),
  attempt('an auditor makes themselves an administrator', auditor, update('tenants/acme/members/auditor', crown)),
  attempt(
    'an administrator makes themselves an operator',
    admin,
    update('tenants/acme/members/admin', { roles: ['operator'] }),
  ),
  attempt(
    'an administrator changes a colleague past the functions',
    admin,
    update('tenants/acme/members/colleague', crown),
  ),
  attempt('an administrator removes a colleague past the audit log', admin, (database) =>
    deleteDoc(doc(database, 'tenants/acme/members/colleague')),
  ),
  attempt('somebody makes themselves a member', account('stranger'), set('tenants/acme/members/stranger', crown)),
  attempt('somebody with claims makes themselves a member', neverMember, set('tenants/acme/members/nobody', crown)),
  attempt(
    'somebody removed makes themselves active',
    former,
    update('tenants/acme/members/former', { status: 'active' }),
  ),
  attempt('somebody removed deletes the document that says so', former, (database) =>
    deleteDoc(doc(database, 'tenants/acme/members/former')),
  ),
  attempt('an administrator joins another tenant', admin, set('tenants/globex/members/new', crown)),
  attempt(
    'an administrator raises their tenant’s limits',
    admin,
    update('tenants/acme', { 'limits.callsPerSecond': 9_999 }),
  ),
  attempt(
    'the administrator of a suspended tenant wakes it',
    everybody['the admin of a suspended tenant'].account,
    update('tenants/paused', { status: 'active' }),
  ),
  attempt('somebody founds a tenant', account('stranger'), set('tenants/mine', { name: 'Mine', status: 'active' })),
];

/** Attempts to write what functions own by going about it another way. */
export const smuggling: readonly Attempt[] = [
  attempt('an administrator forges an audit entry', admin, set('tenants/acme/audit/000000000002', { action: 'x' })),
  attempt('an administrator moves the head of the ledger', admin, update('tenants/acme/ledger/head', { sequence: 0 })),
  attempt(
    'an administrator widens an API key',
    admin,
    update('tenants/acme/apiKeys/k1', { scopes: arrayUnion('audit:read') }),
  ),
  attempt(
    'an administrator makes an API key of a hash they know',
    admin,
    set('tenants/acme/apiKeys/k2', { hash: 'x' }),
  ),
  attempt('somebody publishes a signing key', account('stranger'), set('signingKeys/mine', { kty: 'EC' })),
  attempt(
    'the operator moves a rotation on by hand',
    everybody['the operator'].account,
    update('rotations/signing-keys', { step: 'done' }),
  ),
  attempt('a recruiter files a job by a generated id', recruiter, (database) =>
    setDoc(doc(collection(database, 'tenants/acme/jobs')), { kind: 'enrich' }),
  ),
  attempt('a recruiter ends a job they began', recruiter, update('tenants/acme/jobs/j1', { state: 'done' })),
  attempt('a recruiter hides a write among others in a batch', recruiter, async (database) => {
    const batch = writeBatch(database);
    batch.set(doc(database, 'unheardOf/y'), { a: 1 });
    batch.update(doc(database, own), { roles: ['admin'] });
    await batch.commit();
  }),
  attempt('somebody makes the membership and what it opens in one batch', account('stranger'), async (database) => {
    const batch = writeBatch(database);
    batch.set(doc(database, 'tenants/mine'), { name: 'Mine', status: 'active' });
    batch.set(doc(database, 'tenants/mine/members/stranger'), crown);
    await batch.commit();
  }),
  attempt('a recruiter writes in a transaction after an allowed read', recruiter, (database) =>
    runTransaction(database, async (tx) => {
      await tx.get(doc(database, own));
      tx.update(doc(database, own), { roles: ['admin'] });
    }),
  ),
  attempt('a recruiter deletes many jobs at once', recruiter, async (database) => {
    const batch = writeBatch(database);
    for (const id of ['j1', 'j2', 'j3']) batch.delete(doc(database, `tenants/acme/jobs/${id}`));
    await batch.commit();
  }),
];

/** Attempts to read what another rule, another path or another tenant holds. */
export const prying: readonly Attempt[] = [
  attempt('an administrator reads another tenant', admin, read.document('tenants/globex')),
  attempt('an administrator reads a member of another tenant', admin, read.document('tenants/globex/members/admin')),
  attempt('a recruiter reads a job of another tenant', recruiter, read.document('tenants/globex/jobs/j1')),
  attempt('a recruiter lists the jobs of another tenant', recruiter, read.page('tenants/globex/jobs')),
  attempt('an auditor reads the audit log of another tenant', auditor, read.document('tenants/globex/audit/1')),
  attempt('an auditor reads their own audit log past its endpoint', auditor, read.page('tenants/acme/audit')),
  attempt(
    'a job that names another tenant in a field is open to nobody there',
    elsewhere,
    read.document('tenants/acme/jobs/j1'),
  ),
  attempt('a recruiter reads jobs across tenants', recruiter, read.group('jobs')),
  attempt(
    'a recruiter reads jobs across tenants where their own is named',
    recruiter,
    read.group('jobs', 'tenantId', 'acme'),
  ),
  attempt('an administrator reads members across tenants', admin, read.group('members')),
  attempt('an administrator reads administrators across tenants', admin, read.group('members', 'status', 'active')),
  attempt('the operator reads members across tenants', everybody['the operator'].account, read.group('members')),
  attempt('somebody counts members across tenants', account('stranger'), read.countOfGroup('members')),
  attempt('an administrator lists tenants', admin, read.page('tenants')),
  attempt('an administrator lists tenants where their own is named', admin, read.page('tenants', '__name__', 'acme')),
  attempt('an administrator finds tenants by name', admin, read.page('tenants', 'name', 'globex')),
  attempt('a recruiter lists members', recruiter, read.page('tenants/acme/members')),
  attempt(
    'a recruiter lists members where they are named themselves',
    recruiter,
    read.page('tenants/acme/members', '__name__', 'recruiter'),
  ),
  attempt('a recruiter counts members', recruiter, read.count('tenants/acme/members', 10)),
  attempt('a recruiter listens to their tenant', recruiter, read.live('tenants/acme')),
  attempt('a removed member listens to a job', former, read.live('tenants/acme/jobs/j1')),
  attempt(
    'a recruiter lists jobs without a limit',
    recruiter,
    read.page('tenants/acme/jobs', undefined, undefined, null),
  ),
  attempt('a recruiter lists 101 jobs', recruiter, read.page('tenants/acme/jobs', undefined, undefined, 101)),
  attempt(
    'an administrator lists members without a limit',
    admin,
    read.page('tenants/acme/members', undefined, undefined, null),
  ),
  attempt('an administrator lists 101 members', admin, read.page('tenants/acme/members', undefined, undefined, 101)),
  attempt('a recruiter counts jobs without a limit', recruiter, read.count('tenants/acme/jobs', null)),
  attempt('a recruiter reads beneath a job', recruiter, read.document('tenants/acme/jobs/j1/steps/s1')),
  attempt('a recruiter reads a job beneath a job', recruiter, read.document('tenants/acme/jobs/j1/jobs/j2')),
  attempt('a recruiter reads beneath their own document', recruiter, read.document(`${own}/secrets/s1`)),
  attempt(
    'a recruiter reads a member beneath their own document',
    recruiter,
    read.document(`${own}/members/recruiter`),
  ),
  attempt(
    'a recruiter reads a tenant’s tree that lies elsewhere',
    recruiter,
    read.document('unheardOf/x/tenants/acme/jobs/j1'),
  ),
  attempt('a recruiter reads jobs at the top', recruiter, read.document('jobs/j1')),
  attempt('a recruiter reads members at the top', recruiter, read.document('members/recruiter')),
  attempt('a recruiter reads collections in capitals', recruiter, read.document('tenants/acme/Jobs/j1')),
  attempt('a recruiter reads a tenant whose id has an escaped slash', recruiter, read.document('tenants/acme%2Fjobs')),
  attempt('a recruiter reads a tenant whose id is a wildcard', recruiter, read.document('tenants/{tenant}/jobs/j1')),
  attempt('a recruiter reads a tenant whose id has a line end', recruiter, read.document('tenants/acme\n/jobs/j1')),
  attempt(
    'somebody whose uid is a path reads a member',
    account('recruiter/members/recruiter', { tenantId: 'acme', roles: ['admin'] }),
    read.document('tenants/acme/jobs/j1'),
  ),
];

/** What the earlier system’s rules let through. */
export const earlier: readonly Attempt[] = [
  attempt(
    'somebody creates their own user document with a role',
    account('stranger'),
    set('users/stranger', { role: 'super_admin' }),
  ),
  attempt(
    'somebody changes the role in their own user document',
    recruiter,
    update('users/recruiter', { role: 'super_admin', permissions: ['*'] }),
  ),
  attempt(
    'somebody is trusted for the owner’s e-mail domain',
    { uid: 'x', token: { email: 'x@acme.example', email_verified: true } },
    read.document('tenants/acme'),
  ),
  attempt(
    'somebody is trusted for an e-mail domain that a pattern’s dot matches',
    { uid: 'x', token: { email: 'x@acmeXexample', email_verified: true } },
    read.document('tenants/acme'),
  ),
  attempt(
    'somebody is trusted for an unverified e-mail on a list',
    { uid: 'x', token: { email: 'admin@acme.example', email_verified: false } },
    read.document('allowed_users/admin@acme.example'),
  ),
  attempt(
    'somebody puts themselves on that list',
    account('stranger'),
    set('allowed_users/stranger@acme.example', { role: 'admin' }),
  ),
  attempt('an administrator reads audit logs of every organisation', admin, read.group('audit')),
  attempt('an administrator reads a global audit log', admin, read.page('audit_logs')),
  attempt(
    'a super administrator by claim reads',
    account('admin', { role: 'super_admin', org_id: 'acme' }),
    read.document('tenants/acme'),
  ),
  attempt(
    'a member by organization_id reads jobs',
    account('recruiter', { organization_id: 'acme', roles: ['recruiter'] }),
    read.page('tenants/acme/jobs'),
  ),
  attempt('a member writes a search history', recruiter, set('search_history/h1', { query: 'x' })),
  attempt('an organisation’s administrator changes it', admin, update('organizations/acme', { plan: 'unlimited' })),
];
