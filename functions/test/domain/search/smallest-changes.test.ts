import { type Edit, limitRaisedTo } from '../../../src/domain/search/edits.ts';
import type { HybridQuery } from '../../../src/domain/search/ranking.ts';
import { smallestChanges } from '../../../src/domain/search/smallest-changes.ts';

const question: HybridQuery = { query: '', limit: 10, offset: 0, roleType: 'default', locale: 'pt-BR' };
/** An edit that can be seen in the question it leads to. */
const edit = (name: string, kind: Edit['kind'] = 'skill.ignored'): Edit => ({
  kind,
  subject: name,
  to: (asked) => ({ ...asked, query: `${asked.query}${name}` }),
});
/** Ranks by the edits that a question has been through; whoever is not named is outside the pool. */
const search = (ranks: Record<string, number>, more: Partial<Parameters<typeof smallestChanges>[0]> = {}) =>
  smallestChanges({
    question,
    rank: null,
    necessary: [],
    possible: ['a', 'b', 'c'].map((name) => edit(name)),
    mostTrials: 24,
    rankIn: async ({ query = '' }) => ranks[query] ?? null,
    isTimeUp: () => false,
    ...more,
  });
const told = ({ changes }: Awaited<ReturnType<typeof search>>) =>
  changes.map(({ edits, rank }) => [edits.map(({ subject }) => subject).join('+'), rank]);

it('tells showing more beside the smallest changes of what is asked', async () => {
  const found = await search({ b: 4 }, { rank: 31 });
  expect(told(found)).toEqual([
    ['31', 31],
    ['b', 4],
  ]);
  expect(found.changes[0]?.question.limit).toBe(31);
});

it('tells two edits only where no single one is enough', async () => {
  expect(told(await search({ a: 40, b: 12, ab: 9, bc: 3 }))).toEqual([
    ['b+12', 12],
    ['a+40', 40],
    ['b+c', 3],
    ['a+b', 9],
  ]);
});

it('begins with what is necessary, and ends there when it is enough', async () => {
  const necessary = [edit('x', 'filter.widened')];
  expect(told(await search({ x: 2, xa: 1 }, { necessary }))).toEqual([['x', 2]]);
  expect(told(await search({ x: 25, xb: 7 }, { necessary }))).toEqual([
    ['x+25', 25],
    ['x+b', 7],
  ]);
});

it('prefers the change that gives up less, and among equals the one that brings further', async () => {
  const possible = [edit('a', 'filter.dropped'), edit('b', 'skill.preferred'), edit('c', 'skill.preferred')];
  expect(told(await search({ a: 1, b: 9, c: 2 }, { possible }))).toEqual([
    ['c', 2],
    ['b', 9],
    ['a', 1],
  ]);
});

it('says that it found nothing, and whether it tried everything', async () => {
  expect(await search({})).toEqual({ changes: [], trials: 6, complete: true });
  expect(await search({}, { mostTrials: 4 })).toEqual({ changes: [], trials: 4, complete: false });
  expect(await search({}, { isTimeUp: () => true })).toEqual({ changes: [], trials: 0, complete: false });
});

it('does not put together two edits of one thing', async () => {
  const possible = [edit('a', 'skill.preferred'), edit('a', 'skill.ignored')];
  expect(await search({ aa: 1 }, { possible })).toEqual({ changes: [], trials: 2, complete: true });
});

it('a limit is raised to the rank and to nothing more', () => {
  expect(limitRaisedTo(27).to(question)).toEqual({ ...question, limit: 27 });
});
