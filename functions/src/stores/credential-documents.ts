import { z } from 'zod';
import { Problem } from '../contract/errors.ts';
import { type DelegableScope, delegableScopes } from '../contract/scopes.ts';

const delegable: ReadonlySet<string> = new Set(delegableScopes);

/** Scopes as they were given; one that no credential may hold any more is no longer among them. */
export const DelegatedScopes = z
  .array(z.string())
  .transform((scopes) => scopes.filter((scope): scope is DelegableScope => delegable.has(scope)));

/** `acceptedUntil`: from then on it is refused; its expiry, the end of a rotation's overlap or its revocation, whichever is first. */
export const Lifetime = { createdAt: z.string(), expiresAt: z.string(), acceptedUntil: z.string() };

/** Times in documents are `toISOString`, so that they compare as text. */
export const isAccepted = ({ acceptedUntil }: { readonly acceptedUntil: string }, now: Date): boolean =>
  now.toISOString() < acceptedUntil;

/** The document with an end no later than `end`. */
export const endedBy = <T extends { readonly acceptedUntil: string }>(document: T, end: Date): T => {
  const at = end.toISOString();
  return at < document.acceptedUntil ? { ...document, acceptedUntil: at } : document;
};

export const conflict = (path: string, message: string) => new Problem('credential.conflict', [{ path, message }]);
export const limit = (path: string, most: number) =>
  new Problem('credential.limit', [{ path, message: `at most ${most} at a time` }]);
