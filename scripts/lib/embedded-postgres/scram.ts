import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The server's side of SCRAM-SHA-256 (RFC 7677) against one verifier of `pg_authid.rolpassword`, without channel binding. */
export class ScramExchange {
  readonly #verifier: { iterations: string; salt: string; storedKey: Buffer; serverKey: Buffer };
  #soFar = '';
  #nonce = '';

  /** @throws Error when the role's password is kept in another form */
  constructor(rolpassword: string) {
    const [, iterations, salt, storedKey, serverKey] =
      /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)$/.exec(rolpassword) ?? [];
    if (!iterations || !salt || !storedKey || !serverKey)
      throw new Error('the embedded Postgres knows SCRAM-SHA-256 passwords only');
    const bytes = (text: string) => Buffer.from(text, 'base64');
    this.#verifier = { iterations, salt, storedKey: bytes(storedKey), serverKey: bytes(serverKey) };
  }

  /** The server's first message, given the client's first. */
  challenge(clientFirst: string): string {
    const [, bare = '', clientNonce = ''] = /^[ny],[^,]*,(n=[^,]*,r=([^,]+).*)$/.exec(clientFirst) ?? [];
    if (clientNonce === '') throw new Error('malformed SCRAM message');
    this.#nonce = clientNonce + randomBytes(18).toString('base64');
    const serverFirst = `r=${this.#nonce},s=${this.#verifier.salt},i=${this.#verifier.iterations}`;
    this.#soFar = `${bare},${serverFirst}`;
    return serverFirst;
  }

  /** The server's last message, given the client's; undefined when that does not prove that the client knows the password. */
  conclude(clientFinal: string): string | undefined {
    const [, unproven = '', nonce = '', proof = ''] = /^(c=[^,]*,r=([^,]+)),p=(.+)$/.exec(clientFinal) ?? [];
    const whole = `${this.#soFar},${unproven}`;
    const signature = hmac(this.#verifier.storedKey, whole);
    const claimed = Buffer.from(proof, 'base64');
    if (nonce !== this.#nonce || claimed.length !== signature.length) return undefined;
    const clientKey = Buffer.from(claimed.map((byte, i) => byte ^ (signature[i] ?? 0)));
    const isProven = timingSafeEqual(createHash('sha256').update(clientKey).digest(), this.#verifier.storedKey);
    return isProven ? `v=${hmac(this.#verifier.serverKey, whole).toString('base64')}` : undefined;
  }
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
