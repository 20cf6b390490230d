/** The few messages of the PostgreSQL wire protocol (version 3) that the server reads or writes itself. */

/** One frontend message: `type` is its letter, `bytes` the whole message, header included. */
export interface Message {
  readonly type: string;
  readonly bytes: Buffer;
}

/** A failure as Postgres reports it: SQLSTATE and text. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

const maxMessageBytes = 256 * 1024 * 1024;
const maxStartupBytes = 10_000;

/** Collects the bytes of one socket; hands out whole packets. */
export class Inbox {
  #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** The next packet without a type letter (start-up phase), or undefined while it is incomplete. */
  startup(): Buffer | undefined {
    return this.#take(0, maxStartupBytes);
  }

  /** The next typed message, or undefined while it is incomplete. */
  message(): Message | undefined {
    const bytes = this.#take(1, maxMessageBytes);
    return bytes && { type: String.fromCharCode(bytes[0] ?? 0), bytes };
  }

  #take(lengthAt: number, max: number): Buffer | undefined {
    if (this.#size < lengthAt + 4) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < lengthAt + 4) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = (this.#chunks[0] as Buffer).readInt32BE(lengthAt) + lengthAt;
    if (length < lengthAt + 4 || length > max) throw new Error(`a message of ${length} bytes is not accepted`);
    if (this.#size < length) return undefined;
    const all = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    this.#size -= length;
    this.#chunks = this.#size > 0 ? [all.subarray(length)] : [];
    return all.subarray(0, length);
  }
}

/** A typed message around `parts`; strings are written with their closing NUL. */
export function encode(type: string, ...parts: (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)));
  const header = Buffer.alloc(5, type);
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

export function errorResponse(severity: 'ERROR' | 'FATAL', { code, message }: Refusal): Buffer {
  return encode('E', `S${severity}`, `V${severity}`, `C${code}`, `M${message}`, Buffer.from([0]));
}

/** 'I' idle, 'T' in a transaction, 'E' in a failed one. */
export type Status = 'I' | 'T' | 'E';

export const readyForQuery = (status: Status): Buffer => encode('Z', Buffer.from(status));

/** The messages of a backend answer. */
export function* backendMessages(answer: Buffer): Generator<Message> {
  for (let at = 0; at + 5 <= answer.length; ) {
    const end = at + 1 + answer.readInt32BE(at + 1);
    yield { type: String.fromCharCode(answer[at] ?? 0), bytes: answer.subarray(at, end) };
    at = end;
  }
}

/** NUL-terminated strings from `offset` on. */
export function strings(bytes: Buffer, offset: number): string[] {
  return bytes.subarray(offset).toString('utf8').split('\0');
}
