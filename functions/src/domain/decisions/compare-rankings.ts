import { isDeepStrictEqual } from 'node:util';
import type { RankedPerson, RankingRecord, RankingVersions } from '../../contract/decision.ts';
import type { CandidateId } from '../../contract/ids.ts';
import { type SignalName, signalNames } from '../../contract/signal.ts';

export interface Change<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** Somebody who is in both rankings and stands, scores or is seen otherwise. */
export interface Moved {
  readonly candidateId: CandidateId;
  readonly rank: Change<number>;
  readonly score: Change<number>;
  /** Those that differ. */
  readonly legs: readonly ({ readonly leg: 'vector' | 'lexical' } & Change<RankedPerson['legs']['vector']>)[];
  readonly signals: readonly ({ readonly name: SignalName } & Change<number | null>)[];
}

/** Everything in which two rankings of one question differ. */
export interface Comparison {
  /** Whether the two are before, person by person and number by number; versions may still differ. */
  readonly identical: boolean;
  readonly versions: readonly ({ readonly name: keyof RankingVersions } & Change<string | null>)[];
  readonly understoodDiffers: boolean;
  readonly weights: readonly ({ readonly name: SignalName } & Change<number>)[];
  readonly degraded: Change<readonly string[]> | null;
  /** Ranked now and not then, and the other way round; each with their rank. */
  readonly came: readonly (RankedPerson & { readonly rank: number })[];
  readonly went: readonly (RankedPerson & { readonly rank: number })[];
  /** In both, with another profile. */
  readonly changed: readonly { readonly candidateId: CandidateId; readonly revision: Change<number> }[];
  /** The largest change of score first. */
  readonly moved: readonly Moved[];
}

export function compareRankings(before: RankingRecord, after: RankingRecord): Comparison {
  const earlier = placesOf(before);
  const later = placesOf(after);
  const both = [...earlier.values()].flatMap((was) => {
    const is = later.get(was.candidateId);
    return is ? [{ was, is }] : [];
  });
  const parts = {
    understoodDiffers: !isDeepStrictEqual(plain(before.understood), plain(after.understood)),
    weights: signalNames
      .map((name) => ({ name, before: before.weights[name], after: after.weights[name] }))
      .filter((weight) => weight.before !== weight.after),
    degraded: isDeepStrictEqual(before.degraded, after.degraded)
      ? null
      : { before: before.degraded, after: after.degraded },
    came: [...later.values()].filter(({ candidateId }) => !earlier.has(candidateId)),
    went: [...earlier.values()].filter(({ candidateId }) => !later.has(candidateId)),
    changed: both
      .filter(({ was, is }) => was.content !== is.content)
      .map(({ was, is }) => ({ candidateId: is.candidateId, revision: { before: was.revision, after: is.revision } })),
    moved: both.flatMap(({ was, is }) => movedOf(was, is)).sort((a, b) => distance(b) - distance(a)),
  };
  const names = Object.keys(after.versions) as (keyof RankingVersions)[];
  return {
    identical: Object.values(parts).every((part) => part === null || part === false || (part as []).length === 0),
    versions: names
      .map((name) => ({ name, before: inWords(before.versions[name]), after: inWords(after.versions[name]) }))
      .filter((version) => version.before !== version.after),
    ...parts,
  };
}

function inWords(version: RankingVersions[keyof RankingVersions]): string | null {
  if (version === null || typeof version !== 'object') return version === null ? null : String(version);
  return [version.provider, version.model, version.dimensions].join('/');
}

type Placed = RankedPerson & { readonly rank: number };

const placesOf = ({ people }: RankingRecord) =>
  new Map(people.map((person, i): [CandidateId, Placed] => [person.candidateId, { ...person, rank: i + 1 }]));

// As a record holds it: without what is undefined.
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const distance = ({ score }: Moved) => Math.abs(score.after - score.before);

function movedOf(was: Placed, is: Placed): Moved[] {
  const legs = (['vector', 'lexical'] as const)
    .map((leg) => ({ leg, before: was.legs[leg], after: is.legs[leg] }))
    .filter((leg) => !isDeepStrictEqual(leg.before, leg.after));
  const signals = signalNames
    .map((name) => ({ name, before: was.signals[name] ?? null, after: is.signals[name] ?? null }))
    .filter((signal) => signal.before !== signal.after);
  if (was.rank === is.rank && was.score === is.score && legs.length === 0 && signals.length === 0) return [];
  const change = <Value>(before: Value, after: Value): Change<Value> => ({ before, after });
  return [
    {
      candidateId: is.candidateId,
      rank: change(was.rank, is.rank),
      score: change(was.score, is.score),
      legs,
      signals,
    },
  ];
}
