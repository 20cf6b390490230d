import { randomBytes } from 'node:crypto';
import type { RotatingSecret } from '../../contract/rotation.ts';
import type { OperatorDatabase } from '../../platform/postgres.ts';
import { scramVerifier } from '../../platform/scram-verifier.ts';
import type { SecretProvider } from '../../platform/secret-provider.ts';
import { addOrFind, currentSince, disableAfter } from './versions.ts';

const name = 'DATABASE_URL';
const logins = ['headhunter_runtime_a', 'headhunter_runtime_b'] as const;

/** Lends the rotator's own connection. */
export type WithRotatorDatabase = <T>(work: (database: OperatorDatabase) => Promise<T>) => Promise<T>;

/** The password of the database: the new one belongs to the login that is not in use, and the two take turns. */
export function databaseLoginIn(secrets: SecretProvider, withDatabase: WithRotatorDatabase): RotatingSecret {
  const loginOf = async (version: string) => new URL((await secrets.readVersion(name, version)).value).username;
  return {
    name,
    kind: 'database-login',
    currentSince: () => currentSince(secrets, name),
    add: () =>
      addOrFind(
        secrets,
        name,
        async (current) => withLogin(current, otherLogin(current)),
        (value, current) => URL.canParse(value) && new URL(value).username === otherLogin(current),
      ),
    async accept(_, to) {
      const { username, password } = new URL((await secrets.readVersion(name, to)).value);
      const verifier = await scramVerifier(decodeURIComponent(password));
      await withDatabase((database) => database.query('select headhunter.admit_login($1, $2)', [username, verifier]));
    },
    switchTo: (to) => secrets.makeCurrent(name, to),
    async unusedSince(from, _, now) {
      const login = await loginOf(from);
      // A look knows of this moment only: it takes two of them to say that nobody was there for a while.
      const { rows } = await withDatabase((database) =>
        database.query<{ sessions: number }>(
          'select count(*)::int as sessions from pg_stat_activity where usename = $1',
          [login],
        ),
      );
      return rows[0]?.sessions === 0 ? now : null;
    },
    disable: (from) =>
      disableAfter(secrets, name, from, async (value) => {
        const { username } = new URL(value);
        if (!logins.some((login) => login === username)) return;
        await withDatabase((database) => database.query('select headhunter.refuse_login($1)', [username]));
      }),
    destroy: (from) => secrets.destroy(name, from),
  };
}

const otherLogin = (url: string) => (new URL(url).username === logins[0] ? logins[1] : logins[0]);

function withLogin(current: string, login: string): string {
  const url = new URL(current);
  url.username = login;
  url.password = randomBytes(32).toString('hex');
  return url.href;
}
