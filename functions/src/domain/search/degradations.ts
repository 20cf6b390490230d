import { Problem } from '../../contract/errors.ts';

export const degradations = [
  'leg.vector',
  'leg.lexical',
  'lexical.pruned',
  'vector.approximate',
  'skills.adjacency',
] as const;
export type Degradation = (typeof degradations)[number];

/**
 * What a ranking had to do without: a leg that is down is declared and the other answers alone.
 * @throws Problem `search.unavailable` when no leg answered; whatever else went wrong by a mistake, ours or the caller's
 */
export function degradationsOf(
  vectorLeg: PromiseSettledResult<{ exact: boolean }>,
  lexicalLeg: PromiseSettledResult<{ pruned: boolean } | undefined>,
  adjacency: PromiseSettledResult<unknown>,
): Degradation[] {
  const failures = [vectorLeg, lexicalLeg].filter((leg) => leg.status === 'rejected');
  const mistake = [...failures, adjacency]
    .filter((part) => part.status === 'rejected')
    .find(({ reason }) => !(reason instanceof Problem) || reason.kind !== 'unavailable');
  if (mistake) throw mistake.reason;
  const asked = lexicalLeg.status === 'fulfilled' && lexicalLeg.value === undefined ? 1 : 2;
  if (failures.length === asked) throw new Problem('search.unavailable', undefined, { cause: failures[0]?.reason });
  return [
    ...(vectorLeg.status === 'rejected'
      ? (['leg.vector'] as const)
      : vectorLeg.value.exact
        ? []
        : (['vector.approximate'] as const)),
    ...(lexicalLeg.status === 'rejected'
      ? (['leg.lexical'] as const)
      : lexicalLeg.value?.pruned
        ? (['lexical.pruned'] as const)
        : []),
    ...(adjacency.status === 'rejected' ? (['skills.adjacency'] as const) : []),
  ];
}
