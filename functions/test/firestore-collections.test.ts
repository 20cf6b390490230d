import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectId } from '../../scripts/lib/project.ts';
import { openFirestore } from '../src/platform/firestore.ts';
import { whereRulesAreEnforced } from './firestore-rules/rules-world.ts';
import { beside, ofTenant } from './firestore-rules/seed.ts';
import { openWorld, uidOf, type World } from './harness.ts';

const known = [...Object.keys(ofTenant), 'members', ...Object.keys(beside), 'tenants'];

/** The collections that the source names in paths. */
function namedInSource(): string[] {
  const source = globSync('**/*.ts', { cwd: path.resolve(import.meta.dirname, '../src') })
    .map((file) => readFileSync(path.resolve(import.meta.dirname, '../src', file), 'utf8'))
    .join('\n');
  const paths = [/[`']tenants\/\$\{[^}]+\}\/(\w+)/g, /\.collection\('(\w+)'\)/g, /\.doc\([`'](\w+)\//g];
  return [...new Set(paths.flatMap((pattern) => [...source.matchAll(pattern)].map(([, name]) => name ?? '')))];
}

describe('the table of the Firestore rules', () => {
  it('asks about every collection that the functions name', () => {
    const named = namedInSource();
    expect(named).toEqual(expect.arrayContaining(['tenants', 'members', 'apiKeys', 'oauthClients', 'audit', 'ledger']));
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

whereRulesAreEnforced('on the emulator that the functions use', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it('the table of the rules asks about every collection that they have written', async () => {
    const tenant = await world.tenant('collections');
    const admin = await world.person(tenant, ['admin']);
    await admin.call('admin.invite-member', { email: `new@${tenant}.example`, roles: ['recruiter'] });
    await (await world.integrator(tenant)).signIn();
    const firestore = await openFirestore();
    const names = (collections: readonly { id: string }[]) => collections.map(({ id }) => id);
    const inTenant = names(await firestore.doc(`tenants/${tenant}`).listCollections());
    expect(inTenant).toEqual(expect.arrayContaining(['apiKeys', 'audit', 'ledger', 'members', 'oauthClients']));
    const written = [...inTenant, ...names(await firestore.listCollections())];
    expect(written.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('a person’s own token opens what the rules say and no more', async () => {
    const tenant = await world.tenant('rules');
    const admin = await world.person(tenant, ['admin']);
    const recruiter = await world.person(tenant, ['recruiter']);
    const asked = async (token: string | undefined, at: string) => {
      const documents = `v1/projects/${projectId}/databases/(default)/documents`;
      const url = `http://${process.env['FIRESTORE_EMULATOR_HOST']}/${documents}/tenants/${tenant}${at}`;
      return (await fetch(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })).status;
    };
    expect(await asked(admin.token, '')).toBe(200);
    expect(await asked(admin.token, `/members/${uidOf(recruiter)}`)).toBe(200);
    expect(await asked(recruiter.token, `/members/${uidOf(recruiter)}`)).toBe(200);
    expect(await asked(recruiter.token, `/members/${uidOf(admin)}`)).toBe(403);
    expect(await asked(recruiter.token, '')).toBe(403);
    expect(await asked(undefined, '')).toBe(403);
    await admin.call('admin.remove-member', { uid: uidOf(recruiter) });
    expect(await asked(recruiter.token, `/members/${uidOf(recruiter)}`)).toBe(403);
  });
});
