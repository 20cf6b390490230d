import type { PGlite } from '@electric-sql/pglite';
import { backendMessages, encode, type Refusal, type Status, strings } from './wire.ts';

/** Who a connection is: its role, and the settings it asked for, replayed whenever its turn comes. */
export interface Identity {
  readonly user: string;
  readonly settings: string[];
}

export const waitMs = 60_000;
const literal = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** The SQL that sets one parameter for the session. */
export const setting = (name: string, value: string) =>
  `select set_config(${literal(name)}, ${literal(value)}, false);`;

/**
 * PGlite's one backend, lent to one connection at a time. A turn lasts from a connection's first message to the end of
 * its transaction. When it passes to another connection, the session becomes that connection's role with its settings,
 * so that privileges and row-level security are those of a real server.
 */
export class Session {
  readonly #database: PGlite;
  #holder: Identity | undefined;
  #last: Identity | undefined;
  #waiting: { who: Identity; enter: () => void }[] = [];
  #closed = false;

  constructor(database: PGlite) {
    this.#database = database;
  }

  /** Waits for the turn. False when it did not come within a minute or the connection went away meanwhile. */
  async acquire(who: Identity, gone: AbortSignal): Promise<boolean> {
    if (this.#holder === undefined || this.#holder === who) {
      this.#holder = who;
      return true;
    }
    return await new Promise((resolve) => {
      const entry = { who, enter: () => settle(true) };
      const settle = (entered: boolean) => {
        clearTimeout(timer);
        gone.removeEventListener('abort', leave);
        this.#waiting = this.#waiting.filter((other) => other !== entry);
        resolve(entered);
      };
      const leave = () => settle(false);
      const timer = setTimeout(leave, waitMs);
      gone.addEventListener('abort', leave);
      this.#waiting.push(entry);
    });
  }

  release(who: Identity): void {
    if (this.#holder !== who) return;
    const next = this.#waiting[0];
    this.#holder = next?.who;
    next?.enter();
  }

  /** Becomes `who` if the last turn was another's. Returns the failure when the role or a setting is not accepted. */
  async become(who: Identity): Promise<Refusal | undefined> {
    if (this.#last === who) return undefined;
    this.#last = undefined;
    const role = who.user.replaceAll('"', '""');
    // By name, not DEFAULT: a single-user backend has no default to go back to, and would stay the role it was.
    const sql = `set session authorization postgres; reset all; ${who.settings.join('')} set session authorization "${role}"`;
    const { failure } = await this.query(sql);
    if (failure === undefined) this.#last = who;
    return failure;
  }

  /** Runs SQL of the server's own as the superuser, in a turn of its own. */
  async privately(sql: string): Promise<{ rows: string[][]; failure: Refusal | undefined } | undefined> {
    const server: Identity = { user: 'postgres', settings: [] };
    if (this.#closed || !(await this.acquire(server, new AbortController().signal))) return undefined;
    try {
      await this.become(server);
      return await this.query(sql);
    } finally {
      this.release(server);
    }
  }

  /** Runs one SQL string; `rows` as text. For the server's own use, by the holder of the turn. */
  async query(sql: string): Promise<{ rows: string[][]; failure: Refusal | undefined }> {
    const rows: string[][] = [];
    let failure: Refusal | undefined;
    for (const { type, bytes } of backendMessages(await this.execute([encode('Q', sql)]))) {
      if (type === 'D') rows.push(columns(bytes));
      if (type === 'E') {
        const field = (letter: string) =>
          strings(bytes, 5)
            .find((part) => part.startsWith(letter))
            ?.slice(1) ?? '';
        failure ??= { code: field('C'), message: field('M') };
      }
    }
    return { rows, failure };
  }

  /** Sends whole messages to the backend and returns its answer. */
  async execute(messages: readonly Buffer[]): Promise<Buffer> {
    if (this.#closed) return Buffer.alloc(0);
    const answer: Uint8Array[] = [];
    // Copied at once: the bytes lie in memory that the next message overwrites.
    const onRawData = (data: Uint8Array) => void answer.push(data.slice());
    try {
      await this.#database.execProtocolRawStream(Buffer.concat(messages), { syncToFs: false, onRawData });
    } catch (error) {
      // Not an SQL error (those are answers): the backend itself has ended, and so must this thread.
      setImmediate(() => {
        throw new Error('the backend has ended', { cause: error });
      });
    }
    return Buffer.concat(answer);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#database.close();
  }
}

/** The status in the ReadyForQuery that ends an answer to Sync or Query. */
export function finalStatus(answer: Buffer): Status {
  return String.fromCharCode(answer[answer.length - 1] ?? 0) as Status;
}

function columns(row: Buffer): string[] {
  const values: string[] = [];
  for (let i = 0, at = 7; i < row.readInt16BE(5); i += 1) {
    const length = row.readInt32BE(at);
    values.push(length < 0 ? '' : row.toString('utf8', at + 4, at + 4 + length));
    at += 4 + Math.max(length, 0);
  }
  return values;
}
