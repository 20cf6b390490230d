import { encode, type Message, type Refusal, strings } from './wire.ts';

/**
 * What this server cannot do or must not allow, found before it reaches the backend. Returns a message that makes the
 * backend raise the error itself, so that an open transaction fails as it would on a real server.
 */
export function refusalOf(messages: readonly Message[], user: string): Buffer | undefined {
  for (const { type, bytes } of messages) {
    if (type !== 'P' && type !== 'Q') continue;
    const [first = '', second = ''] = strings(bytes, 5);
    const refusal = type === 'P' && first !== '' ? named : refused(type === 'P' ? second : first, user);
    if (refusal) return raise(refusal);
  }
  return undefined;
}

const named: Refusal = {
  code: '0A000',
  message: 'the embedded Postgres has no named prepared statements: its one session is shared by all connections',
};

function refused(sql: string, user: string): Refusal | undefined {
  if (/\bcopy\b[^;]*\bfrom\s+stdin\b/i.test(sql)) {
    return { code: '0A000', message: 'the embedded Postgres has no COPY FROM STDIN; insert from unnest($1, ...)' };
  }
  // The backend's own user is the superuser, so it would allow what a real server forbids.
  if (user !== 'postgres' && /\bsession[\s_]+authorization\b|\bdiscard\s+all\b/i.test(sql)) {
    return { code: '42501', message: 'permission denied to set session authorization' };
  }
  return undefined;
}

function raise({ code, message }: Refusal): Buffer {
  return encode(
    'Q',
    `do $$ begin raise exception using errcode = '${code}', message = '${message.replaceAll("'", "''")}'; end $$`,
  );
}
