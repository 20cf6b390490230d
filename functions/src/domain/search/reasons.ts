import type { CandidateProfile } from '../../contract/candidate.ts';
import type { CandidateFacts } from '../../contract/candidate-record.ts';
import type { Recognizer } from '../text/recognizer.ts';
import { type RequirementCheck, bestTransfer, requirementChecks } from './signals.ts';
import type { Understanding } from './understand.ts';

/** A document's text beside the profile, for quoting. */
export interface QuotableDocument {
  readonly documentId: string;
  readonly text: string;
}

/** Where a quote stands: a field of the profile, or a document; `start` and `end` are UTF-16 offsets into that text. */
export interface Quote {
  readonly text: string;
  readonly source: { readonly field: string } | { readonly documentId: string };
  readonly start: number;
  readonly end: number;
}

export interface Reason {
  readonly kind: 'skill' | 'transferableSkill' | 'title' | 'seniority' | RequirementCheck['kind'];
  readonly subject: string;
  readonly text: string;
  readonly quote?: Quote;
}

export interface Gap {
  readonly kind: 'skill' | 'seniority' | RequirementCheck['kind'];
  readonly subject: string;
  /** `unmet`: the profile says otherwise or nothing. `unknown`: the profile is silent on a fact it usually has. */
  readonly state: 'unmet' | 'unknown';
  readonly text: string;
}

export type Locale = 'pt-BR' | 'en';

const longestQuote = 220;
const longestQuotable = 40_000;

const sentences = {
  'pt-BR': {
    skill: (s: string) => `Tem ${s}`,
    transferableSkill: (s: string, from: string) => `Não cita ${s}, mas ${from} se transfere bem`,
    title: (s: string) => `Cargo compatível: ${s}`,
    seniority: (s: string) => `Senioridade: ${s}`,
    place: (s: string) => `Local: ${s}`,
    language: (s: string) => `Idioma: ${s}`,
    years: (s: string) => `Anos de experiência: ${s}`,
    workMode: (s: string) => `Modalidade: ${s}`,
    unmet: (s: string) => `Falta: ${s}`,
    unknown: (s: string) => `Não informado: ${s}`,
  },
  en: {
    skill: (s: string) => `Has ${s}`,
    transferableSkill: (s: string, from: string) => `Does not mention ${s}, but ${from} transfers well`,
    title: (s: string) => `Matching title: ${s}`,
    seniority: (s: string) => `Seniority: ${s}`,
    place: (s: string) => `Location: ${s}`,
    language: (s: string) => `Language: ${s}`,
    years: (s: string) => `Years of experience: ${s}`,
    workMode: (s: string) => `Work mode: ${s}`,
    unmet: (s: string) => `Missing: ${s}`,
    unknown: (s: string) => `Not stated: ${s}`,
  },
} as const;

interface Person {
  readonly profile: CandidateProfile;
  readonly facts: CandidateFacts;
  readonly documents: readonly QuotableDocument[];
}

/** Why this person answers the query, each reason quoting their own text where it can, and what is missing. */
export function explain(recognizer: Recognizer, asked: Understanding, person: Person, locale: Locale): { reasons: Reason[]; missing: Gap[] } {
  const say = sentences[locale];
  const reasons: Reason[] = [];
  const missing: Gap[] = [];
  const gap = (kind: Gap['kind'], subject: string, state: Gap['state']) => missing.push({ kind, subject, state, text: say[state](subject) });
  const quotes = quotesOf(recognizer, person, new Set(asked.skills.flatMap(({ anyOf }) => anyOf.map(({ id }) => id))));
  const has = Object.keys(person.facts.skills);

  for (const { anyOf } of asked.skills) {
    const met = anyOf.find(({ id }) => has.includes(id));
    if (met) {
      const quote = quotes.get(met.id);
      reasons.push({ kind: 'skill', subject: met.label, text: say.skill(met.label), ...(quote && { quote }) });
      continue;
    }
    const subject = anyOf.map(({ label }) => label).join(' / ');
    const transfer = closestTransfer(recognizer, has, anyOf);
    if (transfer) reasons.push({ kind: 'transferableSkill', subject, text: say.transferableSkill(subject, transfer) });
    gap('skill', subject, 'unmet');
  }
  const title = person.facts.titles.find(({ id }) => asked.titles.some((wanted) => wanted.id === id));
  const written = person.profile.title ?? person.profile.experience[0]?.title;
  if (title && written) reasons.push({ kind: 'title', subject: written, text: say.title(written) });

  for (const check of requirementChecks(asked, person.facts)) {
    if (check.met) reasons.push({ kind: check.kind, subject: check.subject, text: say[check.kind](check.subject) });
    else gap(check.kind, check.subject, check.met === false ? 'unmet' : 'unknown');
  }
  return { reasons, missing };
}

function closestTransfer(recognizer: Recognizer, has: readonly string[], anyOf: readonly { id: string }[]): string | undefined {
  const from = has
    .map((id) => ({ id, worth: Math.max(...anyOf.map((wanted) => bestTransfer(recognizer, [id], wanted.id))) }))
    .filter(({ worth }) => worth >= 0.6)
    .sort((a, b) => b.worth - a.worth || (a.id < b.id ? -1 : 1))[0];
  return from && recognizer.skillById(from.id)?.label;
}

/** For each wanted skill the first sentence of the person's own that mentions it; a job's description before a summary. */
function quotesOf(recognizer: Recognizer, { profile, documents }: Person, wanted: ReadonlySet<string>): Map<string, Quote> {
  const texts: { text: string | undefined; source: Quote['source'] }[] = [
    ...profile.experience.map((job, i) => ({ text: job.description, source: { field: `experience[${i}].description` } })),
    { text: profile.summary, source: { field: 'summary' } },
    { text: profile.headline, source: { field: 'headline' } },
    ...documents.map(({ documentId, text }) => ({ text, source: { documentId } })),
    ...profile.skills.map(({ name }, i) => ({ text: name, source: { field: `skills[${i}].name` } })),
  ];
  const quotes = new Map<string, Quote>();
  for (const { text, source } of texts) {
    if (quotes.size === wanted.size) break;
    if (!text) continue;
    for (const { value, start, end } of recognizer.skills(text.slice(0, longestQuotable))) {
      if (wanted.has(value.id) && !quotes.has(value.id)) quotes.set(value.id, sentenceAround(text, start, end, source));
    }
  }
  return quotes;
}

function sentenceAround(text: string, start: number, end: number, source: Quote['source']): Quote {
  const before = Math.max(text.lastIndexOf('\n', start - 1), lastSentenceEnd(text, start));
  const after = /\n|[.!?;](?=\s|$)/.exec(text.slice(end));
  let from = Math.max(before + 1, start - longestQuote / 2);
  let to = Math.min(after ? end + after.index : text.length, end + longestQuote / 2);
  while (from < start && /\s/.test(text[from] ?? '')) from++;
  while (to > end && /\s/.test(text[to - 1] ?? '')) to--;
  // A cut must not split a character written in two units.
  if (isLowSurrogate(text, from)) from++;
  if (isLowSurrogate(text, to)) to--;
  return { text: text.slice(from, to), source, start: from, end: to };
}

function lastSentenceEnd(text: string, before: number): number {
  const window = text.slice(Math.max(0, before - longestQuote), before);
  const ends = [...window.matchAll(/[.!?;](?=\s)/g)].at(-1);
  return ends ? before - window.length + ends.index : -1;
}

const isLowSurrogate = (text: string, at: number) => /^[\udc00-\udfff]$/.test(text[at] ?? '');
