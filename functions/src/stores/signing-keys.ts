import { z } from 'zod';
import { keyStates, PublicJwk } from '../contract/signing-key.ts';
import { openFirestore } from '../platform/firestore.ts';

/** One document of `signingKeys/{kid}`, which holds the public half only. */
export const SigningKey = z.object({
  publicJwk: PublicJwk,
  state: z.enum(keyStates),
});
export type SigningKey = z.infer<typeof SigningKey>;
type Keys = ReadonlyMap<string, SigningKey>;

/** What is known of the keys is at most so old, so a key that was disabled is refused everywhere within this time. */
const freshMs = 10_000;
/** Tokens naming keys that nobody knows make us look no more often than this. */
const searchPauseMs = 5_000;
const mostKeys = 100;

let known: { readonly keys: Keys; readonly readAt: number } | undefined;
let reading: Promise<Keys> | undefined;
let searchedAt = Number.NEGATIVE_INFINITY;

/** The key by which tokens naming it can be verified now; undefined for one that is unknown or disabled. */
export async function findVerifyingKey(kid: string): Promise<SigningKey | undefined> {
  const found = (await keysNow()).get(kid);
  if (found || performance.now() - searchedAt < searchPauseMs) return found;
  searchedAt = performance.now();
  return (await readKeys()).get(kid);
}

/** Every key that is not disabled, in the order of their ids. */
export async function publishedKeys(): Promise<SigningKey[]> {
  const keys = [...(await keysNow()).values()];
  return keys.toSorted((a, b) => (a.publicJwk.kid < b.publicJwk.kid ? -1 : 1));
}

/** Called after every change of a key: felt here at once, elsewhere within ten seconds. */
export function forgetSigningKeys(): void {
  known = undefined;
  reading = undefined;
  searchedAt = Number.NEGATIVE_INFINITY;
}

async function keysNow(): Promise<Keys> {
  return known && performance.now() - known.readAt < freshMs ? known.keys : readKeys();
}

function readKeys(): Promise<Keys> {
  const mine = (reading ??= fetchKeys());
  const done = () => {
    if (reading === mine) reading = undefined;
  };
  mine.then(done, done);
  return mine;
}

async function fetchKeys(): Promise<Keys> {
  const readAt = performance.now();
  const firestore = await openFirestore();
  const published = keyStates.filter((state) => state !== 'disabled');
  const { docs } = await firestore.collection('signingKeys').where('state', 'in', published).limit(mostKeys).get();
  const keys = new Map(
    docs.flatMap((snapshot) => {
      const { success, data } = SigningKey.safeParse(snapshot.data());
      return success && data.publicJwk.kid === snapshot.id ? [[snapshot.id, data] as const] : [];
    }),
  );
  known = { keys, readAt };
  return keys;
}
