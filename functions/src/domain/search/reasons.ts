import { type CandidateProfile, seniorityLadder } from '../../contract/candidate.ts';
import type { CandidateFacts } from '../../contract/candidate-record.ts';
import type { Quote } from '../../contract/quote.ts';
import type { Recognizer } from '../text/recognizer.ts';
import type { Adjacency, Adjacent, MarketEvidence } from './adjacency.ts';
import { type QuotableDocument, quotesOf } from './quotes.ts';
import { type RequirementCheck, requirementChecks } from './signals.ts';
import type { Understanding } from './understanding.ts';
import { type Locale, languageName, seniorityName, wording, workModeName } from './wording.ts';

export interface Reason {
  readonly kind: 'skill' | 'transferableSkill' | 'adjacentSkill' | 'title' | 'seniority' | RequirementCheck['kind'];
  readonly subject: string;
  readonly text: string;
  readonly quote?: Quote;
  /** Of an adjacent skill: which one the person has, and what advertisements say of the two. */
  readonly market?: MarketEvidence & { readonly skillId: string };
}

export interface Gap {
  readonly kind: 'skill' | 'seniority' | RequirementCheck['kind'];
  readonly subject: string;
  /** `unmet`: the profile says otherwise or nothing. `unknown`: the profile is silent on a fact it usually has. */
  readonly state: 'unmet' | 'unknown';
  readonly text: string;
}

export interface Explanation {
  readonly reasons: readonly Reason[];
  readonly missing: readonly Gap[];
}

interface Person {
  readonly profile: CandidateProfile;
  readonly facts: CandidateFacts;
  readonly documents: readonly QuotableDocument[];
}

/** Why this person answers the query, each reason quoting their own text where it can, and what is missing. */
export function explain(
  recognizer: Recognizer,
  asked: Understanding,
  adjacent: Adjacency,
  person: Person,
  locale: Locale,
): Explanation {
  const parts = [
    explainSkills(recognizer, asked, adjacent, person, locale),
    explainTitle(asked, person, locale),
    explainSeniority(asked, person, locale),
    explainRequirements(asked, person, locale),
  ];
  return { reasons: parts.flatMap(({ reasons }) => reasons), missing: parts.flatMap(({ missing }) => missing) };
}

const gap = (kind: Gap['kind'], subject: string, state: Gap['state'], locale: Locale): Gap => ({
  kind,
  subject,
  state,
  text: wording[locale][state](subject),
});

function explainSkills(
  recognizer: Recognizer,
  asked: Understanding,
  adjacent: Adjacency,
  person: Person,
  locale: Locale,
): Explanation {
  const reasons: Reason[] = [];
  const missing: Gap[] = [];
  const say = wording[locale];
  const has = Object.keys(person.facts.skills);
  const named = ({ id, label }: { id: string; label: string }) => {
    const skill = recognizer.skillById(id);
    return (locale === 'pt-BR' ? skill?.labelPt : undefined) ?? label;
  };
  const wanted = new Set(asked.skills.flatMap(({ anyOf }) => anyOf.map(({ id }) => id)));
  const quotes = quotesOf(recognizer, person.profile, person.documents, wanted);
  for (const { anyOf } of asked.skills) {
    const met = anyOf.find(({ id }) => has.includes(id));
    if (met) {
      const quote = quotes.get(met.id);
      reasons.push({ kind: 'skill', subject: named(met), text: say.skill(named(met)), ...(quote && { quote }) });
      continue;
    }
    const subject = anyOf.map(named).join(' / ');
    const closest = closestOf(adjacent, has, anyOf);
    const known = closest && recognizer.skillById(closest.id);
    if (known && closest.market) {
      const { market } = closest;
      const text = say.adjacentSkill(named(closest.asked), named(known), market);
      reasons.push({ kind: 'adjacentSkill', subject, text, market: { skillId: known.id, ...market } });
    } else if (known && closest.weight >= transfersFrom)
      reasons.push({ kind: 'transferableSkill', subject, text: say.transferableSkill(subject, named(known)) });
    missing.push(gap('skill', subject, 'unmet', locale));
  }
  return { reasons, missing };
}

/** From this weight on a skill is said to stand in for another. */
const transfersFrom = 0.6;

/** Of what the person has, the closest to any of the asked skills. */
function closestOf<Asked extends { id: string }>(
  adjacent: Adjacency,
  has: readonly string[],
  anyOf: readonly Asked[],
): (Adjacent & { readonly asked: Asked }) | undefined {
  return anyOf
    .flatMap((asked) => adjacent(asked.id).map((one) => ({ ...one, asked })))
    .filter(({ id }) => has.includes(id))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))[0];
}

function explainTitle(asked: Understanding, { profile, facts }: Person, locale: Locale): Explanation {
  const held = facts.titles.some(({ id }) => asked.titles.some((wanted) => wanted.id === id));
  const written = profile.title ?? profile.experience[0]?.title;
  if (!held || !written) return { reasons: [], missing: [] };
  return { reasons: [{ kind: 'title', subject: written, text: wording[locale].title(written) }], missing: [] };
}

function explainSeniority({ seniority }: Understanding, { facts }: Person, locale: Locale): Explanation {
  if (seniority.length === 0) return { reasons: [], missing: [] };
  const level = facts.seniorityRank === undefined ? undefined : seniorityLadder[facts.seniorityRank];
  if (level && seniority.includes(level)) {
    const subject = seniorityName(level, locale);
    return { reasons: [{ kind: 'seniority', subject, text: wording[locale].seniority(subject) }], missing: [] };
  }
  const wanted = seniority.map((name) => seniorityName(name, locale)).join(' / ');
  return { reasons: [], missing: [gap('seniority', wanted, level ? 'unmet' : 'unknown', locale)] };
}

function explainRequirements(asked: Understanding, { facts }: Person, locale: Locale): Explanation {
  const reasons: Reason[] = [];
  const missing: Gap[] = [];
  for (const { kind, subjects, met } of requirementChecks(asked, facts)) {
    const subject = subjects
      .map((raw) =>
        kind === 'language' ? languageName(raw, locale) : kind === 'workMode' ? workModeName(raw, locale) : raw,
      )
      .join(kind === 'place' ? ', ' : ' / ');
    if (met) reasons.push({ kind, subject, text: wording[locale][kind](subject) });
    else missing.push(gap(kind, subject, met === false ? 'unmet' : 'unknown', locale));
  }
  return { reasons, missing };
}
