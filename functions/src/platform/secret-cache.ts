import { Problem } from '../contract/errors.ts';
import { log } from './log.ts';
import { keepSecret } from './redaction.ts';
import type { SecretProvider, SecretVersion } from './secret-provider.ts';

/** `version` is absent for the value that the function was deployed with. */
export type Secret = Omit<SecretVersion, 'version'> & { readonly version?: string };

export interface SecretCache {
  /** The secret as last read. @throws Problem `secret.unavailable` when it was never to be had */
  read(name: string): Promise<Secret>;
  /** The secret read anew, since the known one was refused; the known one when that was done within the last seconds. */
  reread(name: string): Promise<Secret>;
}

export interface SecretCacheOptions {
  readonly open: () => Promise<SecretProvider>;
  /** What the function was given when it was deployed: where it starts, at no cost. */
  readonly given: (name: string) => string | undefined;
  readonly ttlMs: number;
  readonly now?: () => number;
}

/** No secret is read again sooner than this, so that refused garbage cannot cause a flood. */
export const rereadPauseMs = 5_000;
/** What a function was deployed with may be long out of date: it is looked at again this soon, behind the first calls. */
export const givenTtlMs = 30_000;

interface Entry {
  secret: Secret | undefined;
  /** From when on it is read again behind the calls, and from when on calls wait for that. */
  staleAt: number;
  waitAt: number;
  notBefore: number;
  cause: unknown;
  reading: Promise<void> | undefined;
}

/**
 * Secrets with a time to live: after it a secret is read again behind the call that finds out, after twice that the call
 * waits for it. One read at a time for each; one that fails leaves what is known and logs a warning.
 */
export function cacheSecrets({ open, given, ttlMs, now = Date.now }: SecretCacheOptions): SecretCache {
  const entries = new Map<string, Entry>();

  function entryOf(name: string): Entry {
    const known = entries.get(name);
    if (known) return known;
    const value = given(name);
    if (value !== undefined) keepSecret(name, value);
    const staleAt = value === undefined ? 0 : now() + Math.min(ttlMs, givenTtlMs);
    const secret = value === undefined ? undefined : { value };
    const entry = { secret, staleAt, waitAt: staleAt + ttlMs, notBefore: 0, cause: undefined, reading: undefined };
    entries.set(name, entry);
    return entry;
  }

  function refresh(name: string, entry: Entry): Promise<void> {
    if (now() < entry.notBefore) return entry.reading ?? Promise.resolve();
    entry.notBefore = now() + Math.min(rereadPauseMs, ttlMs);
    entry.reading ??= fetchInto(name, entry).finally(() => {
      entry.reading = undefined;
    });
    return entry.reading;
  }

  async function fetchInto(name: string, entry: Entry): Promise<void> {
    try {
      const provider = await open();
      const secret = await provider.read(name);
      if (entry.secret && entry.secret.value !== secret.value)
        log('info', 'secret.changed', { secret: name, version: secret.version });
      entry.secret = secret;
      entry.staleAt = now() + ttlMs;
      entry.waitAt = entry.staleAt + ttlMs;
    } catch (error) {
      entry.cause = error;
      const { message, code } = error as { message?: string; code?: unknown };
      log('warning', 'secret.unread', { secret: name, known: entry.secret !== undefined, code, cause: message });
    }
  }

  function heldBy(entry: Entry): Secret {
    if (!entry.secret) throw new Problem('secret.unavailable', undefined, { cause: entry.cause });
    return entry.secret;
  }

  return {
    async read(name) {
      const entry = entryOf(name);
      if (!entry.secret || now() >= entry.waitAt) await refresh(name, entry);
      else if (now() >= entry.staleAt) void refresh(name, entry);
      return heldBy(entry);
    },
    async reread(name) {
      const entry = entryOf(name);
      await refresh(name, entry);
      return heldBy(entry);
    },
  };
}
