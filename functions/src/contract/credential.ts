import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { TenantId } from './ids.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefixes = { apiKey: 'hhk_', clientSecret: 'hhs_' } as const;
const randomLength = 32;
const checksumLength = 6;

/** `apiKey` and `clientSecret` are ours; `googleKey` is a key of Google Cloud, which Google's API Gateway asks for in the same header. */
export type CredentialKind = keyof typeof prefixes | 'googleKey';

const ours = new RegExp(`^(?:hhk|hhs)_[0-9A-Za-z]{${randomLength + checksumLength}}$`);
const googles = /^AIza[0-9A-Za-z_-]{35}$/;

/** The id of an API key or of one version of a client's secret: 24 hexadecimal digits made from its text. */
export const CredentialId = z
  .string()
  .regex(/^[0-9a-f]{24}$/, 'must be 24 hexadecimal digits')
  .brand<'CredentialId'>();
export type CredentialId = z.infer<typeof CredentialId>;

/** The id of an OAuth client: its tenant, a dot, 16 letters and digits. */
export const ClientId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{3,64}\.[0-9A-Za-z]{16}$/, 'must be the tenant, a dot and 16 letters and digits')
  .brand<'ClientId'>();
export type ClientId = z.infer<typeof ClientId>;

/** What is kept of a credential: enough to find it, to show which one it is and to know it again; never its text. */
export interface SealedCredential {
  readonly id: CredentialId;
  /** The first 8 characters of the text, or the 4 that every Google key begins with. */
  readonly prefix: string;
  readonly hash: string;
}

/** A new credential: a prefix that scanners know, 32 random letters and digits, and a checksum of both. */
export function makeCredential(kind: keyof typeof prefixes): string {
  const body = prefixes[kind] + randomText(randomLength);
  return body + checksumOf(body);
}

/** What kind of credential a text can be; undefined for one mistyped or cut off, without asking any store. */
export function recogniseCredential(text: string): CredentialKind | undefined {
  if (googles.test(text)) return 'googleKey';
  if (!ours.test(text) || checksumOf(text.slice(0, -checksumLength)) !== text.slice(-checksumLength)) return undefined;
  return text.startsWith(prefixes.apiKey) ? 'apiKey' : 'clientSecret';
}

/**
 * The part of a credential that is kept. SHA-256 and no slow hash: 190 random bits cannot be guessed at any speed, and a
 * key comes with every call. The id is a hash of its own, so that who sees it holds no part of the one that is compared.
 */
export function sealCredential(text: string): SealedCredential {
  return {
    id: sha256(`id\n${text}`).slice(0, 24) as CredentialId,
    prefix: text.slice(0, text.startsWith('AIza') ? 4 : 8),
    hash: sha256(text),
  };
}

/** Whether two hashes of `sealCredential` are one, in a time that does not tell how much of them agrees. */
export const isSameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

export const makeClientId = (tenant: TenantId): ClientId => ClientId.parse(`${tenant}.${randomText(16)}`);

/** The tenant that a client's id names; undefined when it is no such id. */
export function tenantOfClient(clientId: string): TenantId | undefined {
  if (!ClientId.safeParse(clientId).success) return undefined;
  return TenantId.parse(clientId.slice(0, clientId.indexOf('.')));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const randomText = (length: number) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  while (text.length < checksumLength) {
    text = alphabet[rest % alphabet.length] + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
