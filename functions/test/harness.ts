import { randomBytes } from 'node:crypto';
import type { Firestore } from 'firebase-admin/firestore';
import { peopleOf } from '../../scripts/lib/auth-emulator.ts';
import { startInProcess } from '../../scripts/lib/firestore.ts';
import { type FunctionsHost, hostFunctions } from '../../scripts/lib/functions-host.ts';
import { generousLimits } from '../../scripts/lib/generous-limits.ts';
import { projectId, region } from '../../scripts/lib/project.ts';
import { publishSigningKey } from '../../scripts/lib/publish-signing-key.ts';
import { makeCredential, sealCredential } from '../src/contract/credential.ts';
import type { AnyEndpoint } from '../src/contract/endpoint.ts';
import { MemberId, operatorTenant, TenantId } from '../src/contract/ids.ts';
import { type DelegableScope, delegableScopes, type Role, type Scope } from '../src/contract/scopes.ts';
import { publicRegistry, registry } from '../src/endpoints/registry.ts';
import * as functions from '../src/index.ts';
import { closeKeyValue } from '../src/platform/cache.ts';
import { provideFirestore } from '../src/platform/firestore.ts';
import { closePostgres } from '../src/platform/runtime-database.ts';
import { publicRoutesOf, routesOf } from '../src/projections/routes.ts';
import { apiKeysOf } from '../src/stores/api-keys.ts';
import { flushUses } from '../src/stores/credential-uses.ts';
import { putMember } from '../src/stores/members.ts';
import { oauthClientsOf } from '../src/stores/oauth-clients.ts';
import { putTenant, type Tenant } from '../src/stores/tenants.ts';
import { byTests } from './attribution.ts';
import { tellSecret } from './known-secrets.ts';

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the wire carried; the tests say what it should be
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** Someone with a credential, or without one. */
export interface Person {
  readonly token: string | undefined;
  rest(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The callable protocol; `id` is an endpoint's, such as `search.hybrid`. */
  call(id: string, data: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The same call through REST, whatever its route: path parameters are taken out of the input. */
  restById(id: string, input: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
}

export const dialects = ['rest', 'callable'] as const;
export type Dialect = (typeof dialects)[number];

/** An answer of either dialect: `reply` when it succeeded, `error` (the catalogue's body) when it did not. */
export interface Told {
  readonly status: number;
  readonly reply: Json;
  readonly error: Json;
  readonly headers: Headers;
}

/** The same question in one of the two dialects. */
export async function ask(
  person: Person,
  dialect: Dialect,
  id: string,
  input: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Told> {
  const answer = await (dialect === 'rest' ? person.restById(id, input, headers) : person.call(id, input, headers));
  const { status, body } = answer;
  const ok = status === 200;
  const [reply, error] = dialect === 'rest' ? [body, body] : [body?.result, body?.error?.details];
  return { status, reply: ok ? reply : undefined, error: ok ? undefined : error, headers: answer.headers };
}

export interface World {
  readonly host: FunctionsHost;
  readonly anonymous: Person;
  /** A new active tenant with a random id that begins with `name`; without limits on its calls that a test would meet. */
  tenant(name: string, settings?: Partial<Tenant>): Promise<TenantId>;
  /** Somebody of that tenant, signed in through the Auth emulator. */
  person(tenant: string | undefined, roles?: readonly Role[]): Promise<Person>;
  /** A program of that tenant: an OAuth client and an API key, both with these scopes; all that there are by default. */
  integrator(tenant: TenantId, scopes?: readonly DelegableScope[]): Promise<Integrator>;
  /** An operator of the product, signed in. */
  operator(): Promise<Person>;
  /** For every scope somebody who has it: of that tenant, or an operator. */
  holders(tenant: TenantId): Promise<(endpoint: { readonly scope: Scope }) => Person>;
  /** Sets a password by the link of an invitation, as the owner of the address would, and signs in. */
  accept(link: string, email: string): Promise<Person>;
  withToken(token: string | undefined, headers?: Record<string, string>): Person;
  close(): Promise<void>;
}

export interface Integrator {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
  /** An access token by `POST /oauth/token`. */
  token(scope?: string): Promise<string>;
  /** Who calls with a new token and the key. */
  signIn(scope?: string): Promise<Person>;
}

/** How many people a test of many takes: fewer on the embedded Postgres, whose one session does all the work of a run. */
export const crowdOf = (many: number): number =>
  process.env['HEADHUNTER_POSTGRES_ADMIN_URL'] ? many : Math.round(many / 5);

/** Whose token it is. */
export const uidOf = ({ token = '' }: Person): MemberId =>
  MemberId.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).sub);

/** An endpoint's example, with what `own` has in place of what can be there only once: all test files share the stores. */
export function exampleWith(
  { example, input }: Pick<AnyEndpoint, 'example' | 'input'>,
  own: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const theirs = Object.entries(own).filter(([field]) => field in input.shape);
  return { ...(example.input as object), ...Object.fromEntries(theirs) };
}

/** Every function on a local server, over the stores of this run. */
export async function openWorld(): Promise<World> {
  const inProcess = process.env['FIRESTORE_EMULATOR_HOST']
    ? undefined
    : await startInProcess('no emulator in this run');
  if (inProcess) provideFirestore(inProcess.firestore() as Firestore);
  const host = await hostFunctions(functions, {
    routes: [...routesOf(registry), ...publicRoutesOf(publicRegistry)],
  });
  process.env['OAUTH_ISSUER'] = host.url;
  process.env['TASK_TARGET'] = host.functionsUrl;
  await publishSigningKey();
  const people = peopleOf(process.env['FIREBASE_AUTH_EMULATOR_HOST'] ?? '');
  const withToken = (token: string | undefined, headers: Record<string, string> = {}) =>
    personWith(host.url, token, headers);
  const world: World = {
    host,
    anonymous: withToken(undefined),
    withToken,
    async operator() {
      await putTenant(operatorTenant, { name: 'Operators', status: 'active', limits: generousLimits });
      return world.person(operatorTenant, ['operator']);
    },
    async accept(link, email) {
      await people.setPassword(link, 'secret-for-tests');
      return withToken(await people.signIn(email, 'secret-for-tests'));
    },
    async holders(tenant) {
      const operator = await world.operator();
      const admin = await world.person(tenant, ['admin']);
      return ({ scope }) => (scope.startsWith('tenants:') ? operator : admin);
    },
    async tenant(name, settings = {}) {
      const id = TenantId.parse(`${name}-${randomBytes(5).toString('hex')}`);
      await putTenant(id, { name, status: 'active', limits: generousLimits, ...settings });
      return id;
    },
    async person(tenant, roles = ['recruiter']) {
      const uid = `u${randomBytes(8).toString('hex')}`;
      const email = `${uid}@example.com`;
      await people.createUser({
        uid,
        email,
        password: 'secret-for-tests',
        displayName: uid,
        claims: { tenantId: tenant, roles },
      });
      if (tenant !== undefined) await putMember(TenantId.parse(tenant), uid, { roles: [...roles], status: 'active' });
      return withToken(await people.signIn(email, 'secret-for-tests'));
    },
    async integrator(tenant, scopes = delegableScopes) {
      const [clientSecret, apiKey] = [makeCredential('clientSecret'), makeCredential('apiKey')];
      const [now, expiresAt] = [new Date(), new Date(Date.now() + 86_400_000)];
      const settings = { name: 'Robô de teste', scopes, callsPerSecond: null, expiresAt };
      const { clientId } = await oauthClientsOf(tenant, byTests).create(sealCredential(clientSecret), settings, now);
      await apiKeysOf(tenant, byTests).create(sealCredential(apiKey), settings, now);
      const token = async (scope?: string): Promise<string> => {
        const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
        const answer = await withToken(undefined).rest('POST', '/oauth/token', { ...body, ...(scope && { scope }) });
        if (answer.status !== 200) throw new Error(`no token: ${JSON.stringify(answer.body)}`);
        return answer.body.access_token;
      };
      return {
        clientId,
        clientSecret,
        apiKey,
        token,
        signIn: async (scope) => withToken(await token(scope), { 'x-api-key': apiKey }),
      };
    },
    async close() {
      await host.stop();
      await flushUses();
      await closePostgres();
      await closeKeyValue();
      await inProcess?.stop();
    },
  };
  return world;
}

/** Whatever a test proves itself with must not be in a log line. */
function tellCredentials(headers: Readonly<Record<string, string>>, body: unknown): void {
  for (const [name, value] of Object.entries(headers))
    if (/^(authorization|x-forwarded-authorization|x-api-key|idempotency-key)$/i.test(name))
      tellSecret(name, value.replace(/^(Bearer|Basic) /, ''));
  const secret = (body as { client_secret?: unknown } | undefined)?.client_secret;
  if (typeof secret === 'string') tellSecret('client_secret', secret);
}

function personWith(url: string, token: string | undefined, own: Record<string, string>): Person {
  const send = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const sent: Record<string, string> = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...own,
      ...headers,
    };
    tellCredentials(sent, body);
    const response = await fetch(url + path, {
      method,
      headers: sent,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  };
  const routes = new Map(routesOf(registry).map((route) => [route.id, route]));
  const routeOf = (id: string) => {
    const route = routes.get(id);
    if (!route) throw new Error(`there is no endpoint ${id}`);
    return route;
  };
  return {
    token,
    rest: (method, path, body, headers = {}) => send(method, path, body, headers),
    call: (id, data, headers = {}) =>
      send('POST', `/${projectId}/${region}/${routeOf(id).name}`, typeof data === 'string' ? data : { data }, headers),
    restById(id, input, headers = {}) {
      const { method, path } = routeOf(id);
      const rest = new Map(Object.entries(input));
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = String(rest.get(name));
        rest.delete(name);
        return encodeURIComponent(value.toWellFormed());
      });
      if (method === 'POST') return send(method, filled, Object.fromEntries(rest), headers);
      const query = new URLSearchParams([...rest].map(([key, value]) => [key, String(value)] as [string, string]));
      return send(method, rest.size > 0 ? `${filled}?${query}` : filled, undefined, headers);
    },
  };
}
