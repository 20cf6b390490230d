import { type Edit, limitRaisedTo, sizeOf } from './edits.ts';
import type { HybridQuery } from './ranking.ts';

/** Edits of a question that bring somebody among the first, and the rank they then have. */
export interface Change {
  readonly edits: readonly Edit[];
  readonly question: HybridQuery;
  readonly rank: number;
}

export interface ChangesFound {
  /** Showing more, where that is enough, and the changes of what is asked that take the fewest edits; the smallest first. */
  readonly changes: readonly Change[];
  /** How many changed questions were really asked. */
  readonly trials: number;
  /** Whether every change of that many edits was tried. */
  readonly complete: boolean;
}

const mostTold = 5;

interface Given {
  readonly question: HybridQuery;
  /** Of the question as it is; null outside the pool. */
  readonly rank: number | null;
  readonly necessary: readonly Edit[];
  readonly possible: readonly Edit[];
  readonly mostTrials: number;
  /** The rank that somebody has in the answer to a question, null outside the pool. */
  rankIn(question: HybridQuery): Promise<number | null>;
  isTimeUp(): boolean;
}

/**
 * The smallest changes of a question that bring somebody into its first `limit`: what is necessary alone, then with one more
 * edit, then with two, the most promising pairs first. Each that is told was asked, and did.
 */
export async function smallestChanges(given: Given): Promise<ChangesFound> {
  const { question, necessary, possible } = given;
  let trials = 0;
  let complete = true;
  const attempt = async (edits: readonly Edit[]): Promise<Tried | null> => {
    if (trials >= given.mostTrials || given.isTimeUp()) {
      complete = false;
      return null;
    }
    trials += 1;
    const changed = edits.reduce((asked, edit) => edit.to(asked), question);
    return { edits, question: changed, rank: await given.rankIn(changed) };
  };
  const attemptAll = async (sets: readonly (readonly Edit[])[]): Promise<Tried[]> => {
    const tried: Tried[] = [];
    for (const edits of sets) {
      const one = await attempt(edits);
      if (one) tried.push(one);
    }
    return tried;
  };
  const found = (changes: readonly Change[]): ChangesFound => ({
    changes: changes
      .toSorted((a, b) => a.edits.length - b.edits.length || totalSize(a) - totalSize(b) || a.rank - b.rank)
      .slice(0, mostTold),
    trials,
    complete,
  });

  const start = necessary.length > 0 ? await attempt(necessary) : { edits: [], question, rank: given.rank };
  if (!start) return found([]);
  if (necessary.length > 0 && isIn(start, question)) return found([start]);
  const singles = await attemptAll(possible.map((edit) => [...necessary, edit]));
  const more = withMoreShown([start]);
  const one = singles.filter((tried) => isIn(tried, question));
  if (one.length > 0) return found([...more, ...one]);
  const pairs = pairsOf(singles, necessary.length).map((pair) => [...necessary, ...pair]);
  const two = await attemptAll(pairs);
  return found([...(more.length > 0 ? more : withMoreShown(singles)), ...two.filter((tried) => isIn(tried, question))]);
}

type Tried = Omit<Change, 'rank'> & { readonly rank: number | null };

const isIn = (tried: Tried, { limit }: HybridQuery): tried is Change => tried.rank !== null && tried.rank <= limit;

const totalSize = ({ edits }: Change) => edits.reduce((sum, edit) => sum + sizeOf(edit), 0);

/** The limit decides nothing of the order, so that nothing has to be asked anew. */
const withMoreShown = (all: readonly Tried[]): Change[] =>
  all.flatMap(({ edits, question, rank }) => {
    if (rank === null) return [];
    const raise = limitRaisedTo(rank);
    return [{ edits: [...edits, raise], question: raise.to(question), rank }];
  });

/** Two edits that speak of different things, those first whose single trials came nearest. */
function pairsOf(singles: readonly Tried[], from: number): Edit[][] {
  const rated = singles
    .map(({ edits, rank }) => ({ edit: edits[from], rank: rank ?? 1_000 }))
    .flatMap(({ edit, rank }) => (edit ? [{ edit, rank }] : []));
  return rated
    .flatMap((a, i) => rated.slice(i + 1).map((b) => ({ edits: [a.edit, b.edit], rank: a.rank + b.rank })))
    .filter(({ edits: [a, b] }) => a?.subject !== b?.subject)
    .sort((a, b) => a.rank - b.rank)
    .map(({ edits }) => edits);
}
