import { randomInt } from 'node:crypto';
import { ScramExchange } from './scram.ts';
import { type Identity, type Session, setting } from './session.ts';
import { encode, type Refusal, readyForQuery, strings } from './wire.ts';

const protocol3 = 3;
const sslRequest = 80877103;
const gssRequest = 80877104;
const cancelRequest = 80877102;
const authentication = { ok: 0, sasl: 10, saslContinue: 11, saslFinal: 12 };

/** Who is let in, and what they are told then. */
export interface Admission {
  readonly identity: Identity;
  readonly pid: number;
  readonly application: string;
  readonly welcome: Buffer;
}

/** What to do with one packet of the start-up phase: a client is let in, at once or once it has proved its password. */
export interface Greeting {
  readonly reply?: Buffer;
  readonly admission?: Admission;
  readonly password?: ScramExchange;
  readonly refusal?: Refusal;
  readonly end?: true;
}

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** Answers SSL and GSS requests with "no", ignores cancel requests, and lets in a role that may log in, by its password if it has one. */
export async function greet(packet: Buffer, session: Session, gone: AbortSignal): Promise<Greeting> {
  const code = packet.length >= 8 ? packet.readInt32BE(4) : 0;
  if (code === sslRequest || code === gssRequest) return { reply: Buffer.from('N') };
  if (code === cancelRequest) return { end: true };
  if (code >> 16 !== protocol3)
    return { refusal: { code: '08P01', message: 'only protocol version 3 is spoken here' } };
  const parameters = startupParameters(packet);
  const user = parameters.get('user') ?? '';
  const database = parameters.get('database') ?? user;
  if (database !== 'postgres') {
    return { refusal: { code: '3D000', message: `database "${database}" does not exist; it is called "postgres"` } };
  }
  return await admit(user, parameters, session, gone);
}

async function admit(
  user: string,
  parameters: Map<string, string>,
  session: Session,
  gone: AbortSignal,
): Promise<Greeting> {
  const door: Identity = { user: 'postgres', settings: [] };
  if (!(await session.acquire(door, gone))) {
    return { refusal: { code: '53300', message: 'another connection held the database for too long' } };
  }
  try {
    await session.become(door);
    const name = user.replaceAll("'", "''");
    const { rows } = await session.query(
      `select r.rolcanlogin, coalesce(r.rolvaliduntil < now(), false), coalesce(r.rolpassword, ''),
         current_setting('server_version'), c.line
       from pg_authid r left join pg_db_role_setting d on d.setrole = r.oid and d.setdatabase = 0
         left join lateral unnest(d.setconfig) as c(line) on true where r.rolname = '${name}'`,
    );
    const [canLogIn, isExpired, password = '', version = ''] = rows[0] ?? [];
    if (canLogIn === undefined) return { refusal: { code: '28000', message: `role "${user}" does not exist` } };
    if (canLogIn !== 't') return { refusal: { code: '28000', message: `role "${user}" is not permitted to log in` } };
    if (isExpired === 't') return { refusal: wrongPassword(user) };
    const ofRole = rows.flatMap((row) => (row[4] ? [row[4]] : []));
    const settings = [...ofRole.map(split), ...parameterSettings(parameters)].map(([key, value]) =>
      setting(key, value),
    );
    const pid = randomInt(1, 2 ** 30);
    const application = parameters.get('application_name') ?? '';
    const admission = { identity: { user, settings }, pid, application, welcome: welcome(user, version, pid) };
    if (password === '') return { admission };
    return {
      admission,
      password: new ScramExchange(password),
      reply: encode('R', int32(authentication.sasl), 'SCRAM-SHA-256', '\0'),
    };
  } finally {
    session.release(door);
  }
}

export const wrongPassword = (user: string): Refusal => ({
  code: '28P01',
  message: `password authentication failed for user "${user}"`,
});

/** Takes one message of the client's SCRAM; `isProven` once it knows the password. @throws Error for a malformed one */
export function answerPassword(exchange: ScramExchange, bytes: Buffer): { reply?: Buffer; isProven: boolean } {
  const [mechanism = ''] = strings(bytes, 5);
  if (mechanism.startsWith('SCRAM-SHA-256')) {
    const first = bytes.subarray(5 + mechanism.length + 1 + 4).toString('utf8');
    const challenge = Buffer.from(exchange.challenge(first));
    return { reply: encode('R', int32(authentication.saslContinue), challenge), isProven: false };
  }
  const final = exchange.conclude(bytes.subarray(5).toString('utf8'));
  if (final === undefined) return { isProven: false };
  return { reply: encode('R', int32(authentication.saslFinal), Buffer.from(final)), isProven: true };
}

function welcome(user: string, version: string, pid: number): Buffer {
  const told = {
    server_version: version,
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    IntervalStyle: 'postgres',
    integer_datetimes: 'on',
    standard_conforming_strings: 'on',
    session_authorization: user,
    is_superuser: user === 'postgres' ? 'on' : 'off',
  };
  return Buffer.concat([
    encode('R', int32(authentication.ok)),
    ...Object.entries(told).map(([key, value]) => encode('S', key, value)),
    encode('K', int32(pid), int32(randomInt(1, 2 ** 30))),
    readyForQuery('I'),
  ]);
}

function startupParameters(packet: Buffer): Map<string, string> {
  const parts = strings(packet, 8);
  const parameters = new Map<string, string>();
  for (let i = 0; i + 1 < parts.length && parts[i]; i += 2) parameters.set(parts[i] ?? '', parts[i + 1] ?? '');
  return parameters;
}

/** The settings a client asks for at start-up, by name or as `-c name=value` in `options`. */
function parameterSettings(parameters: Map<string, string>): [string, string][] {
  const notSettings = new Set(['user', 'database', 'options', 'replication', 'client_encoding']);
  const plain = [...parameters].filter(([key]) => !notSettings.has(key));
  const flags = [...(parameters.get('options') ?? '').matchAll(/(?:-c\s*|--)([\w.]+)=((?:\\.|[^\s\\])*)/g)];
  return [...plain, ...flags.map(([, key = '', value = '']): [string, string] => [key, value.replace(/\\(.)/g, '$1')])];
}

function split(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
