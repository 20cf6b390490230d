import { seniorityLadder } from '../../contract/candidate.ts';
import type { CandidateFacts } from '../../contract/candidate-record.ts';
import type { Corrections } from './correct.ts';
import type { FailedFilter } from './failed-filters.ts';
import type { HybridQuery } from './ranking.ts';
import { requirementChecks } from './signals.ts';
import type { Understanding } from './understanding.ts';

/** One change of a question. */
export interface Edit {
  readonly kind:
    | 'limit.raised'
    | 'filter.widened'
    | 'unknown.included'
    | 'skill.preferred'
    | 'skill.ignored'
    | 'titles.ignored'
    | 'requirement.ignored'
    | 'filter.dropped';
  /** A filter's name, a skill's label, a requirement's name. */
  readonly subject: string;
  readonly to: (question: HybridQuery) => HybridQuery;
}

/** From what changes nothing of the ranking to what gives up a hard condition: of two changes the earlier is the smaller. */
const bySize: readonly Edit['kind'][] = [
  'limit.raised',
  'filter.widened',
  'unknown.included',
  'skill.preferred',
  'requirement.ignored',
  'titles.ignored',
  'skill.ignored',
  'filter.dropped',
];
export const sizeOf = ({ kind }: Pick<Edit, 'kind'>): number => bySize.indexOf(kind);

const kinds = { widened: 'filter.widened', dropped: 'filter.dropped', unknownIncluded: 'unknown.included' } as const;

/** Without each of these the person is in no answer; the unknown is let in once, however many filters it passes. */
export function necessaryEdits(failed: readonly FailedFilter[]): Edit[] {
  const edits = failed.map(({ filter, by, loosened }): Edit => {
    const field = by === 'unknownIncluded' ? 'unknown' : filter;
    return {
      kind: kinds[by],
      subject: field,
      to: ({ filters, ...question }) => {
        const { [field]: _, ...others } = filters ?? { unknown: 'include' };
        const { [field]: value } = loosened;
        const changed = { unknown: 'include' as const, ...others, ...(value !== undefined && { [field]: value }) };
        return { ...question, filters: changed };
      },
    };
  });
  return [...new Map(edits.map((edit) => [edit.subject, edit])).values()];
}

/** What may bring somebody forward: each thing that is asked and that they are not known to have, less wanted or not at all. */
export function possibleEdits(asked: Understanding, facts: CandidateFacts): Edit[] {
  const skills = asked.skills
    .filter(({ anyOf }) => !anyOf.some(({ id }) => Object.hasOwn(facts.skills, id)))
    .flatMap(({ anyOf, importance }) => {
      const ids = anyOf.map(({ id }) => id);
      const subject = anyOf.map(({ label }) => label).join(' / ');
      const put = (kind: Edit['kind'], list: SkillList): Edit => ({ kind, subject, to: withSkills(list, ids) });
      return [
        ...(importance === 'required' ? [put('skill.preferred', 'preferredSkills')] : []),
        put('skill.ignored', 'ignoredSkills'),
      ];
    });
  const unmet = new Set<Requirement>(
    requirementChecks(asked, facts)
      .filter(({ met }) => met !== true)
      .map(({ kind }) => requirementNames[kind]),
  );
  const level = facts.seniorityRank === undefined ? undefined : seniorityLadder[facts.seniorityRank];
  if (asked.seniority.length > 0 && !(level && asked.seniority.includes(level))) unmet.add('seniority');
  const requirements = [...unmet].map(
    (name): Edit => ({ kind: 'requirement.ignored', subject: name, to: without(name) }),
  );
  const held = facts.titles.some(({ id }) => asked.titles.some((title) => title.id === id));
  const titles: Edit[] =
    asked.titles.length > 0 && !held
      ? [
          {
            kind: 'titles.ignored',
            subject: 'titles',
            to: corrected((corrections) => ({ ...corrections, titles: [] })),
          },
        ]
      : [];
  return [...skills, ...requirements, ...titles].sort((a, b) => sizeOf(a) - sizeOf(b));
}

/** So many are shown that the person at this rank is among them. */
export const limitRaisedTo = (rank: number): Edit => ({
  kind: 'limit.raised',
  subject: String(rank),
  to: (question) => ({ ...question, limit: rank }),
});

const requirementNames = { place: 'places', language: 'languages', years: 'years', workMode: 'workModes' } as const;
type Requirement = NonNullable<Corrections['ignoredRequirements']>[number];
type SkillList = 'requiredSkills' | 'preferredSkills' | 'ignoredSkills';

const corrected =
  (change: (corrections: Corrections) => Corrections) =>
  (question: HybridQuery): HybridQuery => ({ ...question, corrections: change(question.corrections ?? {}) });

const without = (name: Requirement) =>
  corrected((corrections) => ({
    ...corrections,
    ignoredRequirements: [...new Set([...(corrections.ignoredRequirements ?? []), name])],
  }));

/** In this list and in no other. */
const withSkills = (list: SkillList, ids: readonly string[]) =>
  corrected((corrections) => {
    const lists: Partial<Record<SkillList, string[]>> = {};
    for (const name of ['requiredSkills', 'preferredSkills', 'ignoredSkills'] as const) {
      const kept = (corrections[name] ?? []).filter((id) => !ids.includes(id));
      const all = name === list ? [...kept, ...ids] : kept;
      if (all.length > 0) lists[name] = all;
    }
    const { requiredSkills: _, preferredSkills: __, ignoredSkills: ___, ...others } = corrections;
    return { ...others, ...lists };
  });
