import { type Seniority, seniorityLadder } from '../../contract/candidate.ts';
import type { JobFunction } from '../../contract/lexicon.ts';
import { placeFilterKeys } from '../candidates/keys.ts';
import type { Recognizer } from '../text/recognizer.ts';
import { fold } from '../text/tokens.ts';

export type Importance = 'required' | 'preferred';

export interface Understanding {
  /** One entry asks for one of `anyOf`: "Java ou Kotlin" is one entry with two. */
  readonly skills: readonly {
    readonly anyOf: readonly { readonly id: string; readonly label: string }[];
    readonly importance: Importance;
  }[];
  readonly titles: readonly { readonly id: string; readonly label: string; readonly isco?: string }[];
  readonly functions: readonly JobFunction[];
  readonly seniority: readonly Seniority[];
  readonly years: { readonly min?: number; readonly max?: number };
  readonly places: readonly { readonly name: string; readonly keys: readonly string[] }[];
  readonly languages: readonly { readonly code: string; readonly level?: 'B2' | 'C1' | 'native' }[];
  readonly workModes: readonly ('remote' | 'hybrid' | 'onsite')[];
}

const preferredCue =
  /\b(desejavel|desejaveis|diferencia(l|is)|sera um plus|um plus|nice to have|preferred|preferably|bonus|a plus|ideally|preferencialmente)\b/;
const notAskedCue = /\b(nao (e |sao )?(necessari[oa]s?|exigid[oa]s?|obrigatori[oa]s?)|not required|no need)\b/;
const requiredCue =
  /\b(requisitos?|obrigatori[oa]s?|necessari[oa]s?|imprescindivel|required|requirements?|must[ -]have|mandatory|qualificacoes)\b/;
const remoteCue = /\b(remot[oa]|home ?office|remote|teletrabalho|work from home)\b/;
const hybridCue = /\b(hibrid[oa]|hybrid)\b/;
const onsiteCue = /\b(presencial|on-?site)\b/;
const nativeCue = /\b(nativ[oa]|native|lingua materna|mother tongue)\b/;
const fluentCue = /\b(fluentes?|fluencia|fluent|fluency|avancad[oa]|advanced|c1|c2)\b/;
const workingCue = /\b(intermediari[oa]|intermediate|tecnic[oa]|b2)\b/;

/** What a sentence or a job description asks for, in taxonomy ids. Deterministic; what is not recognised stays with the words. */
export function understand(recognizer: Recognizer, text: string): Understanding {
  const folded = fold(text);
  const titles = recognizer.titles(text).map(({ value, start, end }) => ({
    id: value.id,
    label: text.slice(start, end),
    ...(value.isco && { isco: value.isco }),
    function: value.function,
  }));
  const head = text.split(/[\n,.;:]/, 1)[0] ?? '';
  const functions = titles.map((title) => title.function).filter((name) => name !== 'other');
  const guessed = functions.length === 0 ? recognizer.functionOf(head) : undefined;
  return {
    skills: skillsAsked(recognizer, text),
    titles: distinctBy(titles, ({ id }) => id).map(({ function: _, ...title }) => title),
    functions: [...new Set([...functions, ...(guessed ? [guessed] : [])])],
    seniority: [...new Set(recognizer.seniorities(text).map(({ value }) => value))].sort(
      (a, b) => seniorityLadder.indexOf(a) - seniorityLadder.indexOf(b),
    ),
    years: yearsAsked(folded),
    places: distinctBy(
      recognizer.places(text).map(({ value }) => ({ name: value.name, keys: placeFilterKeys(recognizer, value.name) })),
      ({ name }) => name,
    ),
    languages: languagesAsked(recognizer, text),
    workModes: [
      ...(remoteCue.test(folded) ? (['remote'] as const) : []),
      ...(hybridCue.test(folded) ? (['hybrid'] as const) : []),
      ...(onsiteCue.test(folded) ? (['onsite'] as const) : []),
    ],
  };
}

/** Skills by line and sentence: a heading or a cue decides how much its skills are wanted, until the next heading. */
export function skillsAsked(recognizer: Recognizer, text: string): Understanding['skills'] {
  const asked: { anyOf: { id: string; label: string }[]; importance: Importance }[] = [];
  let section: Importance = 'required';
  const isTypedQuickly = text.length <= 200 && text === text.toLowerCase();
  for (const clause of text.split(/\n|(?<=[.;!?])\s+/)) {
    const folded = fold(clause);
    if (preferredCue.test(folded) && isHeading(clause)) section = 'preferred';
    else if (requiredCue.test(folded) && isHeading(clause)) section = 'required';
    if (notAskedCue.test(folded)) continue;
    const importance = preferredCue.test(folded) ? 'preferred' : section;
    let previousEnd: number | undefined;
    for (const { value, start, end } of recognizer.skills(clause, isTypedQuickly)) {
      const skill = { id: value.id, label: value.label };
      const group = asked.at(-1);
      const isAlternative =
        previousEnd !== undefined && /^\s*(,?\s*(ou|or)\s+|\/\s*)$/i.test(clause.slice(previousEnd, start));
      if (group && isAlternative) group.anyOf.push(skill);
      else asked.push({ anyOf: [skill], importance });
      previousEnd = end;
    }
  }
  return distinctBy(asked, ({ anyOf }) => anyOf.map(({ id }) => id).join('|'));
}

const isHeading = (clause: string) => /:\s*$/.test(clause) || clause.trim().split(/\s+/).length <= 4;

function yearsAsked(folded: string): Understanding['years'] {
  const unit = '(?:anos?|years?|yrs?)';
  const range = new RegExp(`(\\d{1,2})\\s*(?:a|ate|-|–|to)\\s*(\\d{1,2})\\s*\\+?\\s*${unit}`).exec(folded);
  if (range) return { min: Number(range[1]), max: Number(range[2]) };
  const atMost = new RegExp(`(?:no maximo|ate|at most|up to|less than|menos de)\\s*(\\d{1,2})\\s*${unit}`).exec(folded);
  if (atMost) return { max: Number(atMost[1]) };
  const atLeast = new RegExp(`(\\d{1,2})\\s*\\+?\\s*(?:ou mais\\s*)?${unit}`).exec(folded);
  return atLeast ? { min: Number(atLeast[1]) } : {};
}

function languagesAsked(recognizer: Recognizer, text: string): Understanding['languages'] {
  const languages = recognizer.languages(text).map(({ value, start, end }) => {
    const near = fold(
      text
        .slice(Math.max(0, start - 20), end + 25)
        .split(/[\n.;]/)
        .join(' '),
    );
    const level = nativeCue.test(near)
      ? 'native'
      : fluentCue.test(near)
        ? 'C1'
        : workingCue.test(near)
          ? 'B2'
          : undefined;
    return level ? { code: value, level: level as 'B2' | 'C1' | 'native' } : { code: value };
  });
  return distinctBy(languages, ({ code }) => code);
}

function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].reverse();
}
