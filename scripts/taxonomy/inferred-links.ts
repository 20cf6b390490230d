import type { CrosswalkMatch, TaxonomyGroupLink, TaxonomyLink } from '../../functions/src/contract/taxonomy.ts';
import { readTable } from '../lexicon/tables.ts';
import type { DescribedOccupation } from './occupations.ts';
import { type Counterpart, counterpartsOf, openTitles } from './titles-alike.ts';

/** What the likeness of a title keeps in an ISCO group that the occupation's own group is not known to fall into. */
const strangeGroup = 0.6;
/** Links below this say less than the ISCO group alone. */
const leastConfidence = 0.45;
const mostLinks = 3;

/**
 * What nobody publishes: CBO and our own titles to ESCO, our own to CBO, and CBO to ISCO-08. Which ISCO groups a CBO group
 * may fall into is written down in `cbo-isco.tsv`, and the occupations of a CBO family vote for the ISCO group they share.
 * An occupation without a title alike is linked to the likeliest of the ISCO group its family elected (`via-isco`).
 * Confidence = likeness of the titles (0..1) x .6 for a group that is not among those x (.7 + .3 x the share of the family's
 * votes for the ISCO group); without votes the last factor is 1.
 */
export function inferredLinks(occupations: readonly DescribedOccupation[]) {
  const groupOf = (position: number) => occupations[position]?.group ?? '';
  const allowed = allowedGroups();
  const esco = openTitles(occupations, 'esco');
  const cbo = openTitles(occupations, 'cbo');
  const positionsOf = (system: string) =>
    occupations.flatMap((occupation, position) => (occupation.system === system ? [{ occupation, position }] : []));
  const links: TaxonomyLink[] = [];
  const add = (from: number, found: readonly Counterpart[]) => {
    for (const { to, likeness } of strongest(found))
      links.push({ from, to, match: matchOf(likeness), method: 'lexical', confidence: likeness });
  };

  for (const { occupation, position } of positionsOf('own')) {
    const near = (to: string) =>
      to === occupation.group ? 1 : to.slice(0, 3) === occupation.group.slice(0, 3) ? 0.9 : strangeGroup;
    add(
      position,
      counterpartsOf(occupation, esco, (to) => near(groupOf(to))),
    );
    add(
      position,
      counterpartsOf(occupation, cbo, (to) => (allowed(groupOf(to))(occupation.group) ? 1 : strangeGroup)),
    );
  }

  const ofCbo = positionsOf('cbo').map(({ occupation, position }) => {
    const fits = allowed(occupation.group);
    const found = counterpartsOf(occupation, esco, (to) => (fits(groupOf(to)) ? 1 : strangeGroup));
    return { family: occupation.group, position, found };
  });
  const votes = familyVotes(ofCbo, groupOf);
  const groupLinks: TaxonomyGroupLink[] = [];
  for (const { family, position, found } of ofCbo) {
    const shares = votes.get(family) ?? new Map<string, number>();
    const weighed = found.map(({ to, likeness }) => ({
      to,
      likeness: likeness * (0.7 + 0.3 * (shares.get(groupOf(to)) ?? 0)),
    }));
    add(position, weighed);
    const [best] = strongest(weighed);
    if (best) {
      groupLinks.push({ occupation: position, isco: groupOf(best.to), method: 'lexical', confidence: best.likeness });
      continue;
    }
    const [elected] = [...shares].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    if (!elected) continue;
    const [isco, share] = elected;
    groupLinks.push({ occupation: position, isco, method: 'lexical', confidence: round(0.3 + 0.3 * share) });
    const inGroup = weighed.find(({ to }) => groupOf(to) === isco);
    if (inGroup)
      links.push({
        from: position,
        to: inGroup.to,
        match: 'related',
        method: 'via-isco',
        confidence: round(inGroup.likeness),
      });
  }
  return { links, groupLinks };
}

const matchOf = (confidence: number): CrosswalkMatch =>
  confidence >= 0.9 ? 'exact' : confidence >= 0.65 ? 'close' : 'related';
const round = (value: number) => Math.round(Math.min(1, value) * 100) / 100;

const strongest = (found: readonly Counterpart[]): Counterpart[] =>
  found
    .map(({ to, likeness }) => ({ to, likeness: round(likeness) }))
    .filter(({ likeness }) => likeness >= leastConfidence)
    .sort((a, b) => b.likeness - a.likeness || a.to - b.to)
    .slice(0, mostLinks);

interface Linked {
  readonly family: string;
  readonly found: readonly Counterpart[];
}

/** For each CBO family the ISCO groups its occupations point at, each with its share of all votes. */
function familyVotes(linked: readonly Linked[], groupOf: (position: number) => string) {
  const families = new Map<string, Map<string, number>>();
  for (const { family, found } of linked) {
    const votes = families.get(family) ?? new Map<string, number>();
    families.set(family, votes);
    for (const { to, likeness } of found.slice(0, mostLinks))
      votes.set(groupOf(to), (votes.get(groupOf(to)) ?? 0) + likeness ** 2);
  }
  for (const votes of families.values()) {
    const all = votes.values().reduce((sum, n) => sum + n, 0);
    for (const [isco, n] of votes) votes.set(isco, n / all);
  }
  return families;
}

/** Whether a CBO family may fall into an ISCO group, by the family's longest prefix in `cbo-isco.tsv`. */
function allowedGroups(): (family: string) => (isco: string) => boolean {
  const table = new Map(
    readTable(new URL('cbo-isco.tsv', import.meta.url)).map((row) => [row.get('cbo'), row.list('isco')]),
  );
  return (family) => {
    const prefixes = table.get(family) ?? table.get(family.slice(0, 3)) ?? [];
    return (isco) => prefixes.some((prefix) => isco.startsWith(prefix));
  };
}
