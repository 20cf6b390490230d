import pg from 'pg';
import { admitDatabase, faultsOf } from '../../src/platform/preflight.ts';

const connect = async (url: string | undefined) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

/** The faults that the runtime role would see after these changes, which are undone. */
async function faultsAfter(...changes: string[]): Promise<string[]> {
  return faultsOfLogin('headhunter_runtime', changes);
}

async function faultsOfLogin(login: string, changes: readonly string[]): Promise<string[]> {
  const admin = await connect(process.env['ADMIN_DATABASE_URL']);
  try {
    await admin.query('begin');
    for (const change of changes) await admin.query(change);
    await admin.query(`set local session authorization ${login}`);
    return await faultsOf(admin as unknown as pg.Pool);
  } finally {
    await admin.query('rollback');
    await admin.end();
  }
}

describe('preflight', () => {
  it('admits the runtime role on a migrated database', async () => {
    const runtime = await connect(process.env['DATABASE_URL']);
    expect(await faultsOf(runtime as unknown as pg.Pool)).toEqual([]);
    await runtime.end();
    expect(await faultsAfter()).toEqual([]);
  });

  it.each(['headhunter_runtime_a', 'headhunter_runtime_b'])('admits the login %s', async (login) => {
    expect(await faultsOfLogin(login, [])).toEqual([]);
  });

  it.each([
    [
      'is a member of another role too',
      'grant headhunter_operator to headhunter_runtime_b',
      /more than the runtime role/,
    ],
    ['may make roles', 'alter role headhunter_runtime_b createrole', /may make roles/],
    ['can become the owner', 'grant headhunter_owner to headhunter_runtime_b', /can become, the owner/],
    ['bypasses row-level security', 'alter role headhunter_runtime_b bypassrls', /bypasses row-level security/],
    [
      'may read by a right of its own',
      'grant select on headhunter.corpora to headhunter_runtime_b',
      /of its own on corpora/,
    ],
    [
      'may call by a right of its own',
      'grant execute on function headhunter.promote_prepare to headhunter_runtime_b',
      /of its own on promote_prepare/,
    ],
  ])('refuses a login that %s', async (_, change, fault) => {
    expect((await faultsOfLogin('headhunter_runtime_b', [change])).join('\n')).toMatch(fault);
  });

  it.each([
    ['a superuser', ['alter role headhunter_runtime superuser'], /superuser or bypasses/],
    ['a role that bypasses row-level security', ['alter role headhunter_runtime bypassrls'], /superuser or bypasses/],
    ['a role that can become the owner', ['grant headhunter_owner to headhunter_runtime'], /can become, the owner/],
    [
      'a role that owns a table',
      ['alter table headhunter.documents owner to headhunter_runtime'],
      /the owner of documents/,
    ],
    ['an owner that can log in', ['alter role headhunter_owner login'], /owner of candidates can log in/],
    [
      'a table without row-level security',
      ['alter table headhunter.embeddings disable row level security'],
      /embeddings has no row-level security/,
    ],
    [
      'a partition that can be read directly',
      ['grant select on headhunter.candidates_shared to headhunter_runtime'],
      /partition candidates_shared is open/,
    ],
    [
      'a partition that everybody can read',
      ['grant select on headhunter.documents_shared to public'],
      /partition documents_shared is open/,
    ],
    [
      'a definer function without a fixed search_path',
      ['alter function headhunter.search_vectors reset search_path'],
      /search_vectors has no fixed search_path/,
    ],
    [
      'a policy that lets everything through',
      ['create policy open on headhunter.candidates for select using (true)'],
      /candidates/,
    ],
    ['a policy that is gone with its table open', ['drop table headhunter.documents cascade'], /missing|documents/],
    [
      'a partition that can be written directly',
      ['grant delete on headhunter.candidates_shared to headhunter_runtime'],
      /candidates_shared/,
    ],
    [
      'a definer function of the operator’s that the runtime may call',
      ['grant execute on function headhunter.promote_prepare to headhunter_runtime'],
      /promote_prepare/,
    ],
  ])('refuses to serve with %s', async (_, changes, fault) => {
    expect((await faultsAfter(...changes)).join('\n')).toMatch(fault);
  });

  it('refuses a superuser with database.unavailable, and gives the reasons to the log and not to the caller', async () => {
    const pool = new pg.Pool({ connectionString: process.env['ADMIN_DATABASE_URL'], max: 1 });
    const refusals = [
      await admitDatabase(pool).catch((error: unknown) => error),
      await admitDatabase(pool).catch((error: unknown) => error),
    ];
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'database.unavailable', details: undefined });
    expect((globalThis as { logLines?: string[] }).logLines?.join()).toContain('superuser');
    await pool.end();
  });
});
