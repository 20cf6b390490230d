import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { Quote, SourceText } from '../../../contract/quote.ts';
import type { Recognizer } from '../../text/recognizer.ts';
import { fold } from '../../text/tokens.ts';
import { quote, sourceKey, sure } from './claims.ts';
import type { ToldJob } from './jobs.ts';
import type { Line } from './lines.ts';
import type { Section } from './sections.ts';

type Skill = EnrichedClaims['skills'][number];

const stillInUse = 9_999;
const mostQuotes = 3;
/** Of a long line, so much on either side of a skill is quoted. */
const around = 100;

interface Told {
  readonly name: string;
  times: number;
  listed: boolean;
  lastUsed: number | null;
  readonly evidence: Quote[];
}

/** The skills that a person's texts name, those of the lexicon first found first; with the last year in which a dated job used them. */
export function namedSkills(
  recognizer: Recognizer,
  texts: readonly { readonly source: SourceText; readonly sections: readonly Section[] }[],
  jobs: readonly ToldJob[],
): Skill[] {
  const told = new Map<string, Told>();
  for (const { source, sections } of texts) {
    const of = jobs.filter((job) => sourceKey(job.source.source) === sourceKey(source.source));
    for (const { kind, lines } of sections) {
      const listed = kind === 'skills' || isSkillField(source);
      for (const line of lines) {
        for (const { value, start, end } of recognizer.skills(line.text, listed)) {
          const at = line.start + start;
          const one = told.get(value.id) ?? {
            name: value.label,
            times: 0,
            listed: false,
            lastUsed: null,
            evidence: [],
          };
          told.set(value.id, one);
          one.times++;
          one.listed ||= listed;
          for (const { job, start, end } of of)
            if (at >= start && at < end) one.lastUsed = later(one.lastUsed, yearOf(job));
          if (one.evidence.length < mostQuotes) one.evidence.push(quoteOf(source, line, at, line.start + end));
        }
      }
    }
  }
  return [...told].map(([skillId, { name, times, listed, lastUsed, evidence }]) => ({
    skillId,
    name,
    basis: 'explicit',
    because: null,
    lastUsed,
    confidence: sure((listed ? 0.85 : 0.7) + 0.05 * Math.min(3, times - 1)),
    evidence,
  }));
}

const isSkillField = ({ source }: SourceText) => 'field' in source && source.field.startsWith('skills[');
const later = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));
const yearOf = ({ current, end }: ToldJob['job']) => (current ? stillInUse : end ? Number(end.slice(0, 4)) : null);

function quoteOf(source: SourceText, { start, end }: Line, from: number, to: number): Quote {
  if (end - start <= 2 * around + 40) return quote(source, start, end);
  const space = source.text.indexOf(' ', Math.max(start, from - around));
  const first = from - around <= start ? start : space >= 0 && space < from ? space : from;
  const rest = source.text.lastIndexOf(' ', Math.min(end, to + around));
  return quote(source, first, to + around >= end ? end : rest > to ? rest : to);
}

const item = /[^,;|•·\t/()]+/g;
const mostUnknown = 40;

/** What stands in a list of skills and is in no lexicon; taken for what it says. */
export function unknownSkills(recognizer: Recognizer, source: SourceText, sections: readonly Section[]): Skill[] {
  const found = new Map<string, Skill>();
  for (const { kind, lines } of sections) {
    if (kind !== 'skills') continue;
    for (const line of lines) {
      if (line.text.length > 600 || recognizer.languages(line.text).length > 0) continue;
      // `Ferramentas: Trello, Miro` begins with what the list is about.
      const from = /^[^,:]{2,40}:\s/.exec(line.text)?.[0].length ?? 0;
      for (const { index, 0: raw } of line.text.slice(from).matchAll(item)) {
        const name = raw
          .trim()
          .replace(/^(?:e|and|and\/or)\s+/i, '')
          .replace(/[.\s]+$/, '');
        const key = fold(name);
        if (!isName(name) || found.has(key) || recognizer.skills(name, true).length > 0) continue;
        const start = line.start + from + index + raw.indexOf(name);
        const evidence = [quote(source, start, start + name.length)];
        found.set(key, {
          skillId: null,
          name,
          basis: 'explicit',
          because: null,
          lastUsed: null,
          confidence: 0.5,
          evidence,
        });
      }
    }
  }
  return [...found.values()].slice(0, mostUnknown);
}

const isName = (text: string) =>
  text.length >= 2 &&
  text.length <= 40 &&
  /^\p{L}/u.test(text) &&
  text.split(/\s+/).length <= 4 &&
  !/[.!?:]|\d{4}|https?|@|(?<![\p{L}])(?:years?|anos?|basico|intermediario|avancado|basic|advanced|intermediate|expert|fluente?)(?![\p{L}])/u.test(
    fold(text),
  );
