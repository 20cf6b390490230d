import { createRequire } from 'node:module';
import { freePort } from './free-port.ts';
import './lazy-validators.ts';
import { projectId } from './project.ts';
import { untilListening } from './until-listening.ts';

const callMs = 10_000;
const require = createRequire(import.meta.url);

/** A person who can sign in; `claims` become fields of the ID token. */
export interface NewUser {
  readonly uid: string;
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The people of a running Auth emulator. */
export interface AuthPeople {
  createUser(user: NewUser): Promise<void>;
  /** Opens a link of an invitation as its owner would. */
  setPassword(link: string, password: string): Promise<void>;
  /** The ID token (one hour) of a user; throws when e-mail and password do not fit. */
  signIn(email: string, password: string): Promise<string>;
}

/** `host` is what FIREBASE_AUTH_EMULATOR_HOST takes. Users live in memory: they are gone after `stop`. */
export interface AuthEmulator extends AuthPeople {
  readonly host: string;
  stop(): Promise<void>;
}

interface Emulator {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Firebase's Auth emulator in this process on 127.0.0.1; `port` 0 takes any free one. */
export async function startAuthEmulator(options: { port?: number } = {}): Promise<AuthEmulator> {
  const { AuthEmulator } = require('firebase-tools/lib/emulator/auth') as {
    AuthEmulator: new (args: { projectId: string; host: string; port: number }) => Emulator;
  };
  const port = options.port || (await freePort());
  const emulator = new AuthEmulator({ projectId, host: '127.0.0.1', port });
  await emulator.start();
  await untilListening(port);
  const host = `127.0.0.1:${port}`;
  return { host, ...peopleOf(host), stop: () => emulator.stop() };
}

/** Adds people to the Auth emulator at `host`, and signs them in. */
export function peopleOf(host: string): AuthPeople {
  const call = (path: string, body: object, headers: Record<string, string> = {}) => post(host, path, body, headers);
  const owner = { authorization: 'Bearer owner' };
  return {
    async createUser({ uid, email, password, displayName, claims }) {
      await call(
        `projects/${projectId}/accounts`,
        { localId: uid, email, password, displayName, emailVerified: true },
        owner,
      );
      const customAttributes = JSON.stringify(claims);
      await call(`projects/${projectId}/accounts:update`, { localId: uid, customAttributes }, owner);
    },
    async setPassword(link, newPassword) {
      await call('accounts:resetPassword?key=local', {
        oobCode: new URL(link).searchParams.get('oobCode'),
        newPassword,
      });
    },
    async signIn(email, password) {
      const { idToken } = await call('accounts:signInWithPassword?key=local', {
        email,
        password,
        returnSecureToken: true,
      });
      return String(idToken);
    },
  };
}

async function post(
  host: string,
  path: string,
  body: object,
  headers: Record<string, string>,
): Promise<Record<string, unknown>> {
  const response = await fetch(`http://${host}/identitytoolkit.googleapis.com/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(callMs),
  });
  const answer = (await response.json()) as Record<string, unknown> & { error?: { message?: string } };
  if (!response.ok) throw new Error(`the Auth emulator refused: ${answer.error?.message ?? `HTTP ${response.status}`}`);
  return answer;
}
