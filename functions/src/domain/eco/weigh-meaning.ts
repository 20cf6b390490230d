import type { TitleMeaning } from './title-meaning.ts';

/** An occupation that a title may mean: how sure, and by what it was found. */
export interface Found {
  readonly confidence: number;
  readonly as: 'title' | 'alias' | 'tenant-alias' | 'meaning';
  /** The title it was found by; none when it was found by what it is. */
  readonly text?: string;
}

/** How much meaning counts beside letters, by the confidence of the best title written alike. */
export interface Share {
  /** From here on that title is what was meant, and meaning is not asked. */
  readonly near: number;
  /** Up to here it says little, and meaning has its greatest share. */
  readonly far: number;
  readonly greatest: number;
}

/** Chosen by `npm run eco:calibrate`. */
export const calibratedShare: Share = { near: 0.95, far: 0.7, greatest: 0.9 };

/**
 * Confidence = (1 - s) * letters + s * likelihood by meaning, for what is written alike and for the `count` nearest in meaning.
 * The share s is 0 where the best title written alike has `near` or more, and grows evenly to `greatest` where it has `far` or
 * less. What a tenant calls an occupation is its own matter: meaning may add to such a name and takes nothing away.
 */
export function weighMeaning(
  written: ReadonlyMap<string, Found>,
  ask: () => TitleMeaning | undefined,
  count: number,
  { near, far, greatest } = calibratedShare,
): ReadonlyMap<string, Found> {
  const best = Math.max(0, ...Array.from(written.values(), ({ confidence }) => confidence));
  const share = greatest * Math.min(1, (near - best) / (near - far));
  const meaning = share > 0 ? ask() : undefined;
  if (!meaning) return written;
  const weighed = new Map<string, Found>();
  for (const id of new Set([...written.keys(), ...meaning.nearest(count)])) {
    const letters = written.get(id);
    const byLetters = (1 - share) * (letters?.confidence ?? 0);
    const byMeaning = share * meaning.likelihood(id);
    const confidence = Math.round((byLetters + byMeaning) * 1_000) / 1_000;
    if (letters?.as === 'tenant-alias')
      weighed.set(id, { ...letters, confidence: Math.max(letters.confidence, confidence) });
    else if (letters && byLetters >= byMeaning) weighed.set(id, { ...letters, confidence });
    else weighed.set(id, { confidence, as: 'meaning' });
  }
  return weighed;
}
