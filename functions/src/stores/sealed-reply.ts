import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What can be done for a request with the client's Idempotency-Key, and by nobody who has not got it. */
export interface KeyHolder {
  /** Where the key's row is found. */
  readonly keyId: Buffer;
  /** The same for the same request; says nothing about it to others. */
  macOf(request: string): Buffer;
  seal(reply: string): Buffer;
  /** @throws Error when it was sealed under another key, or changed */
  open(sealed: Buffer): string;
}

const [nonceBytes, tagBytes] = [12, 16];

/** A client's key of one actor of one tenant: the same text of somebody else's derives something else. */
export function keyHolder(tenant: string, actor: string, key: string): KeyHolder {
  const derived = Buffer.from(hkdfSync('sha256', key, `${tenant}\n${actor}`, 'headhunter idempotency 1', 96));
  const [keyId, macKey, cipherKey] = [derived.subarray(0, 32), derived.subarray(32, 64), derived.subarray(64)];
  return {
    keyId,
    macOf: (request) => createHmac('sha256', macKey).update(request).digest(),
    seal(reply) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce);
      return Buffer.concat([nonce, cipher.update(reply, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed) {
      const end = sealed.length - tagBytes;
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(sealed.subarray(end));
      return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, end)), decipher.final()]).toString('utf8');
    },
  };
}
