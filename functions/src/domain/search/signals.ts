import { seniorityLadder } from '../../contract/candidate.ts';
import type { CandidateFacts } from '../../contract/candidate-record.ts';
import type { SkillFamily } from '../../contract/lexicon.ts';
import type { Signals } from '../../contract/signal.ts';
import type { Recognizer } from '../text/recognizer.ts';
import type { Adjacency } from './adjacency.ts';
import type { Importance, Understanding } from './understanding.ts';

const clamp = (value: number) => Math.min(1, Math.max(0, value));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

interface Legs {
  readonly similarity: number | undefined;
  readonly share: number | undefined;
}

/**
 * What a query asks, made ready for many people: every signal that it and what is known of a person allow; nothing is filled
 * in with a middle value.
 */
export function signalsFor(
  recognizer: Recognizer,
  asked: Understanding,
  adjacent: Adjacency,
  now: Date,
): (facts: CandidateFacts, legs: Legs) => Signals {
  const wishes = wishesOf(recognizer, asked, adjacent);
  const families = new Set(wishes.flatMap(({ families: kinds }) => kinds));
  return (facts, { similarity, share }) => {
    const has = Object.keys(facts.skills);
    const all: Record<keyof Signals, number | undefined> = {
      vectorSimilarity: similarity === undefined ? undefined : clamp(similarity),
      textRelevance: share === undefined ? undefined : clamp(share),
      skillsExact: shareOf(wishes, ({ ids }) => (ids.some((id) => Object.hasOwn(facts.skills, id)) ? 1 : 0)),
      skillsInferred: shareOf(wishes, (wish) => worthFor(wish, has)),
      techStackMatch: techStackMatch(recognizer, families, has),
      specialtyMatch: specialtyMatch(asked, facts),
      functionMatch: functionMatch(asked, facts),
      levelMatch: levelMatch(asked, facts),
      seniorityAlignment: seniorityAlignment(asked, facts),
      trajectoryFit: trajectoryFit(asked, facts),
      recency: recency(asked, facts, now),
      requirementsMatch: requirementsMatch(asked, facts),
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  };
}

const importanceWeight = { required: 1, preferred: 0.4 } as const;

interface Wish {
  readonly ids: readonly string[];
  readonly families: readonly SkillFamily[];
  /** Of a requirement 1, of a nice-to-have .4. */
  readonly weight: number;
  /** Skill id -> how far it answers the wish: 1 for the skill itself, less for one that transfers to it. */
  readonly worth: ReadonlyMap<string, number>;
}

function wishesOf(recognizer: Recognizer, { skills }: Understanding, adjacent: Adjacency): Wish[] {
  return skills.map(({ anyOf, importance }) => {
    const ids = anyOf.map(({ id }) => id);
    const worth = new Map(ids.map((id) => [id, 1]));
    for (const { id, weight } of ids.flatMap(adjacent)) worth.set(id, Math.max(weight, worth.get(id) ?? 0));
    const families = ids.map((id) => recognizer.skillById(id)?.family).filter((family) => family !== undefined);
    return { ids, families, weight: importanceWeight[importance], worth };
  });
}

/** How far a person's skills answer a wish, 0..1: the best of them counts. */
const worthFor = ({ worth }: Wish, has: readonly string[]): number =>
  has.reduce((best, id) => Math.max(best, worth.get(id) ?? 0), 0);

/** The weighted share of the asked skills that is met, each as far as `met` says. */
function shareOf(wishes: readonly Wish[], met: (wish: Wish) => number): number | undefined {
  if (wishes.length === 0) return undefined;
  const total = wishes.reduce((sum, { weight }) => sum + weight, 0);
  return wishes.reduce((sum, wish) => sum + wish.weight * met(wish), 0) / total;
}

/** Share of the kinds of asked skills (database, cloud, framework...) in which the person has any. */
function techStackMatch(
  recognizer: Recognizer,
  asked: ReadonlySet<SkillFamily>,
  has: readonly string[],
): number | undefined {
  if (asked.size < 2) return undefined;
  const met = new Set<SkillFamily>();
  for (const id of has) {
    const family = recognizer.skillById(id)?.family;
    if (family && asked.has(family)) met.add(family);
  }
  return met.size / asked.size;
}

/** The closest of the person's occupations to one asked for: the same 1, same ISCO unit .8, minor group .5, sub-major .2; a past one counts .7. */
function specialtyMatch({ titles }: Understanding, facts: CandidateFacts): number | undefined {
  if (titles.length === 0 || facts.titles.length === 0) return undefined;
  const closeness = (a: { id: string; isco?: string }, b: { id: string; isco?: string }) => {
    if (a.id === b.id) return 1;
    if (!a.isco || !b.isco) return 0;
    if (a.isco === b.isco) return 0.8;
    if (a.isco.slice(0, 3) === b.isco.slice(0, 3)) return 0.5;
    return a.isco.slice(0, 2) === b.isco.slice(0, 2) ? 0.2 : 0;
  };
  return Math.max(
    ...titles.flatMap((wanted) => facts.titles.map((held) => closeness(wanted, held) * (held.current ? 1 : 0.7))),
  );
}

/** The asked function is the person's now 1, was theirs .5, never 0. */
function functionMatch({ functions }: Understanding, facts: CandidateFacts): number | undefined {
  if (functions.length === 0 || facts.functions.length === 0) return undefined;
  const held = facts.functions.filter(({ name }) => functions.includes(name));
  return held.some(({ current }) => current) ? 1 : held.length > 0 ? 0.5 : 0;
}

const firstManager = seniorityLadder.indexOf('manager');
const firstExecutive = seniorityLadder.indexOf('vp');
const trackOf = (rank: number) => (rank >= firstExecutive ? 2 : rank >= firstManager ? 1 : 0);

/** Specialist, manager or executive: the same track 1, the next .4, else 0. */
function levelMatch({ seniority }: Understanding, facts: CandidateFacts): number | undefined {
  const { seniorityRank } = facts;
  if (seniority.length === 0 || seniorityRank === undefined) return undefined;
  const distance = Math.min(
    ...seniority.map((level) => Math.abs(trackOf(seniorityLadder.indexOf(level)) - trackOf(seniorityRank))),
  );
  return [1, 0.4, 0][distance];
}

/** Rungs between the nearest asked level and the person's: 0, 1, 2, 3, 4 and more give 1, .8, .6, .4, .2. */
function seniorityAlignment({ seniority }: Understanding, facts: CandidateFacts): number | undefined {
  const { seniorityRank } = facts;
  if (seniority.length === 0 || seniorityRank === undefined) return undefined;
  const distance = Math.min(...seniority.map((level) => Math.abs(seniorityLadder.indexOf(level) - seniorityRank)));
  return Math.max(0.2, 1 - 0.2 * distance);
}

/** Rungs climbed a year, when a level is asked for: falling .3, level .6, rising to 1 at half a rung a year. */
function trajectoryFit({ seniority }: Understanding, facts: CandidateFacts): number | undefined {
  if (seniority.length === 0 || facts.climb === undefined) return undefined;
  if (facts.climb < 0) return 0.3;
  return Math.min(1, 0.6 + 0.8 * facts.climb);
}

/** Years since each asked skill that the person has was last used in a dated job: now 1, then .16 less a year, at least .2. */
function recency({ skills }: Understanding, facts: CandidateFacts, now: Date): number | undefined {
  const lastUses = skills.flatMap(({ anyOf }) => {
    const years = anyOf.map(({ id }) => facts.skills[id]).filter((year) => year != null);
    return years.length > 0 ? [Math.max(...years)] : [];
  });
  if (lastUses.length === 0) return undefined;
  return mean(lastUses.map((year) => Math.max(0.2, 1 - 0.16 * Math.max(0, now.getUTCFullYear() - year))));
}

/** Share of the stated places, languages, years and work modes that the person is known to meet; what is unknown or only nice to have does not count. */
function requirementsMatch(asked: Understanding, facts: CandidateFacts): number | undefined {
  const checks = requirementChecks(asked, facts).filter(
    ({ met, importance }) => met !== undefined && importance === 'required',
  );
  return checks.length === 0 ? undefined : mean(checks.map(({ met }) => (met ? 1 : 0)));
}

export interface RequirementCheck {
  readonly kind: 'place' | 'language' | 'years' | 'workMode';
  /** What may be met, in any one of them. */
  readonly subjects: readonly string[];
  readonly importance: Importance;
  /** Undefined when the profile does not say. */
  readonly met: boolean | undefined;
}

const cefr = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'];

/** Each stated requirement and whether the person meets it. */
export function requirementChecks(asked: Understanding, facts: CandidateFacts): RequirementCheck[] {
  const { min, max } = asked.years;
  return [
    ...(asked.places.length > 0
      ? [
          {
            kind: 'place' as const,
            subjects: asked.places.map(({ name }) => name),
            importance: 'required' as const,
            met:
              facts.places.length === 0
                ? undefined
                : asked.places.some(({ keys }) => keys.some((key) => facts.places.includes(key))),
          },
        ]
      : []),
    ...asked.languages.map(({ anyOf, importance }) => ({
      kind: 'language' as const,
      subjects: anyOf.map(({ code }) => code),
      importance,
      met: anyMet(anyOf.map(({ code, level }) => speaks(facts, code, level))),
    })),
    ...(min !== undefined || max !== undefined
      ? [
          {
            kind: 'years' as const,
            subjects: [`${min ?? 0}${max === undefined ? '+' : `-${max}`}`],
            importance: 'required' as const,
            met: facts.years === undefined ? undefined : facts.years >= (min ?? 0) && facts.years <= (max ?? 60),
          },
        ]
      : []),
    ...asked.workModes.map((mode) => ({
      kind: 'workMode' as const,
      subjects: [mode],
      importance: 'required' as const,
      met: facts.workModes.length === 0 ? undefined : facts.workModes.includes(mode),
    })),
  ];
}

function speaks(facts: CandidateFacts, code: string, level: string | undefined): boolean | undefined {
  if (Object.keys(facts.languages).length === 0) return undefined;
  const known = facts.languages[code];
  if (known === undefined) return false;
  if (known === null) return level === undefined ? true : undefined;
  return level === undefined || cefr.indexOf(known) >= cefr.indexOf(level);
}

/** One met is enough; one unknown leaves it open. */
const anyMet = (met: readonly (boolean | undefined)[]): boolean | undefined =>
  met.includes(true) ? true : met.includes(undefined) ? undefined : false;
