import type { EcoId } from '../../contract/ids.ts';
import type { CrosswalkMatch, CrosswalkMethod, TaxonomyLink, TaxonomySystem } from '../../contract/taxonomy.ts';
import type { TaxonomyArtifact } from '../../platform/taxonomy.ts';
import { type Occupations, occupationsOf } from './occupations.ts';

/** A counterpart in another classification; `through` the occupation it was found by, where no link leads there at once. */
export interface CrosswalkLink {
  readonly to: EcoId;
  readonly match: CrosswalkMatch;
  readonly method: CrosswalkMethod;
  /** 0..1; of two links in a row, their product. */
  readonly confidence: number;
  readonly through: EcoId | null;
}

/** An ISCO-08 unit group, four digits. */
export interface IscoLink {
  readonly code: string;
  readonly method: CrosswalkMethod;
  readonly confidence: number;
}

export interface Crosswalk {
  readonly isco: readonly IscoLink[];
  /** By confidence, ties by id; at most 10 of each classification, none below .2. */
  readonly links: readonly CrosswalkLink[];
}

interface Step {
  readonly to: number;
  readonly match: CrosswalkMatch;
  readonly method: CrosswalkMethod;
  readonly confidence: number;
}

interface Atlas {
  readonly occupations: Occupations;
  stepsFrom(position: number): readonly Step[];
  iscoOf(position: number): IscoLink | undefined;
}

const leastConfidence = 0.2;
const mostOfEach = 10;
const opened = new WeakMap<TaxonomyArtifact, Promise<Atlas>>();

/** Where else an occupation is to be found. @returns undefined for an id there is not */
export async function crosswalkOf(taxonomy: TaxonomyArtifact, ecoId: EcoId): Promise<Crosswalk | undefined> {
  let atlas = opened.get(taxonomy);
  if (!atlas) opened.set(taxonomy, (atlas = open(taxonomy)));
  const { occupations, stepsFrom, iscoOf } = await atlas.catch((cause: unknown) => {
    opened.delete(taxonomy);
    throw cause;
  });
  const start = occupations.findById(ecoId)?.position;
  if (start === undefined) return undefined;
  const walked = walk(start, occupations, stepsFrom);
  return { isco: groupsOf(start, walked, occupations, iscoOf), links: told(walked, occupations) };
}

async function open(taxonomy: TaxonomyArtifact): Promise<Atlas> {
  const [occupations, links, groupLinks] = await Promise.all([
    occupationsOf(taxonomy),
    taxonomy.part('links'),
    taxonomy.part('group-links'),
  ]);
  const steps = new Map<number, Step[]>();
  const add = (from: number, step: Step) => {
    const known = steps.get(from);
    if (known) known.push(step);
    else steps.set(from, [step]);
  };
  for (const { from, ...step } of links) {
    add(from, step);
    add(step.to, { ...step, to: from, match: backwards[step.match] });
  }
  const groups = new Map(
    groupLinks.map(({ occupation, isco, method, confidence }) => [occupation, { code: isco, method, confidence }]),
  );
  return {
    occupations,
    stepsFrom: (position) => steps.get(position) ?? [],
    iscoOf: (position) => {
      const { system, group } = occupations.at(position);
      if (system === 'esco') return { code: group, method: 'official', confidence: 1 };
      if (system === 'own') return { code: group, method: 'curated', confidence: 1 };
      return groups.get(position);
    },
  };
}

const backwards: Readonly<Record<TaxonomyLink['match'], CrosswalkMatch>> = {
  exact: 'exact',
  close: 'close',
  broad: 'narrow',
  narrow: 'broad',
  related: 'related',
};

// What is known least about comes first: a chain is as good as its weakest link.
const weakness: readonly CrosswalkMethod[] = ['via-isco', 'lexical', 'curated', 'official'];
const weaker = (a: CrosswalkMethod, b: CrosswalkMethod) => (weakness.indexOf(a) <= weakness.indexOf(b) ? a : b);

interface Walked extends Step {
  readonly through: number | undefined;
}

/** The best way of one step, or of two by way of ESCO, to every occupation of another classification. */
function walk(start: number, occupations: Occupations, stepsFrom: Atlas['stepsFrom']): Map<number, Walked> {
  const home = occupations.at(start).system;
  const best = new Map<number, Walked>();
  const reach = (way: Walked) => {
    if (occupations.at(way.to).system === home || way.confidence < leastConfidence) return;
    if (way.confidence > (best.get(way.to)?.confidence ?? 0)) best.set(way.to, way);
  };
  for (const first of stepsFrom(start)) {
    reach({ ...first, through: undefined });
    if (occupations.at(first.to).system !== 'esco') continue;
    for (const second of stepsFrom(first.to)) {
      const match = first.match === 'exact' ? second.match : second.match === 'exact' ? first.match : 'related';
      const confidence = Math.round(first.confidence * second.confidence * 1_000) / 1_000;
      reach({ to: second.to, match, method: weaker(first.method, second.method), confidence, through: first.to });
    }
  }
  return best;
}

function told(walked: ReadonlyMap<number, Walked>, occupations: Occupations): CrosswalkLink[] {
  const links = [...walked.values()]
    .map(({ to, through, match, method, confidence }) => ({
      to: occupations.at(to).id as EcoId,
      match,
      method,
      confidence,
      through: through === undefined ? null : (occupations.at(through).id as EcoId),
    }))
    .sort((a, b) => b.confidence - a.confidence || (a.to < b.to ? -1 : 1));
  const counts = new Map<TaxonomySystem, number>();
  return links.filter(({ to }) => {
    const system = to.slice(0, to.indexOf(':')) as TaxonomySystem;
    counts.set(system, (counts.get(system) ?? 0) + 1);
    return (counts.get(system) ?? 0) <= mostOfEach;
  });
}

/** Its own group where that is known, else those of its ESCO counterparts; by confidence, at most 3. */
function groupsOf(
  start: number,
  walked: ReadonlyMap<number, Walked>,
  occupations: Occupations,
  iscoOf: Atlas['iscoOf'],
): IscoLink[] {
  const own = iscoOf(start);
  if (own) return [own];
  const groups = new Map<string, IscoLink>();
  for (const { to, method, confidence } of walked.values()) {
    const { system, group } = occupations.at(to);
    if (system === 'esco' && confidence > (groups.get(group)?.confidence ?? 0))
      groups.set(group, { code: group, method, confidence });
  }
  return [...groups.values()].sort((a, b) => b.confidence - a.confidence || (a.code < b.code ? -1 : 1)).slice(0, 3);
}
