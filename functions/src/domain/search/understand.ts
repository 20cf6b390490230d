import { type Seniority, seniorityLadder } from '../../contract/candidate.ts';
import type { LexiconSkill } from '../../contract/lexicon.ts';
import { placeFilterKeys } from '../candidates/keys.ts';
import { functionWords } from '../text/function-words.ts';
import type { Mention } from '../text/phrase-index.ts';
import type { Recognizer } from '../text/recognizer.ts';
import { fold, tokenize } from '../text/tokens.ts';
import { alternativesOf } from './alternatives.ts';
import { levelNear, workModesAsked, yearsAsked } from './requirements.ts';
import { type Clause, readClauses } from './sections.ts';
import type { AskedSkill, IgnoredBecause, Importance, Span, Understanding } from './understanding.ts';
import { type Wanted, wantedIn } from './wanted.ts';

export interface Read {
  readonly understood: Understanding;
  /** The text without what it does not ask for, blanked so that offsets stay. */
  readonly asking: string;
}

/** What a sentence or a job description asks for, in taxonomy ids. Deterministic; what is not recognised stays with the words. */
export function understand(recognizer: Recognizer, text: string): Read {
  const clauses = readClauses(text);
  const offered = clauses.filter(({ section }) => section === 'offer');
  const open = blank(text, offered);
  const skills = skillsRead(recognizer, text, clauses);
  const languages = judged(text, clauses, recognizer.languages(text));
  const asking = blank(
    open,
    [...skills, ...languages].filter(({ wanted }) => wanted === 'negated').map(({ mention }) => mention),
  );
  const folded = foldInPlace(asking);

  const headline = headlineOf(asking);
  const titles = inHeadline(recognizer.titles(asking), headline);
  const seniority = inHeadline(recognizer.seniorities(asking), headline);
  const places = recognizer.places(asking);
  const functions = titles.map(({ value }) => value.function).filter((name) => name !== 'other');
  const guessed = functions.length === 0 ? recognizer.functionOf(firstPhrase(asking)) : undefined;
  const years = yearsAsked(folded);
  const workModes = workModesAsked(folded);

  const asked = skills.filter(isAsked);
  const askedLanguages = languages.filter(isAsked);
  const named = [...skills, ...languages].map(({ mention }) => mention);
  return {
    asking,
    understood: {
      skills: skillGroups(text, asked),
      ignored: distinctBy(
        skills
          .filter((one) => !isAsked(one))
          .map(({ mention, because }) => ({
            ...skillOf(mention),
            because: because ?? 'negated',
          })),
        ({ id }) => id,
      ).filter(({ id }) => !asked.some(({ mention }) => mention.value.id === id)),
      titles: distinctBy(
        titles.map(({ value: { id, isco }, start, end }) => ({
          id,
          label: text.slice(start, end),
          ...(isco && { isco }),
          at: { start, end },
        })),
        ({ id }) => id,
      ),
      functions: [...new Set([...functions, ...(guessed ? [guessed] : [])])],
      seniority: ladderOrder(seniority.map(({ value }) => value)),
      years: years.years,
      places: distinctBy(
        places.map(({ value }) => ({ name: value.name, keys: placeFilterKeys(recognizer, value.name) })),
        ({ name }) => name,
      ),
      languages: distinctGroups(
        alternativesOf(
          text,
          askedLanguages.map(({ mention, wanted }) => {
            const level = levelNear(folded, mention);
            return { ...spanOf(mention), wanted, value: { code: mention.value, ...(level && { level }) } };
          }),
        ),
        ({ code }) => code,
      ),
      workModes: workModes.workModes,
      words: wordsLeft(asking, [...named, ...titles, ...seniority, ...places, ...years.spans, ...workModes.spans]),
    },
  };
}

/** Only the skills that `understand` would find asked for. */
export function skillsAsked(recognizer: Recognizer, text: string): Understanding['skills'] {
  return skillGroups(text, skillsRead(recognizer, text, readClauses(text)).filter(isAsked));
}

function skillsRead(recognizer: Recognizer, text: string, clauses: readonly Clause[]) {
  const isTypedQuickly = text.length <= 200 && text === text.toLowerCase();
  return judged(text, clauses, recognizer.skills(text, isTypedQuickly));
}

const skillGroups = (text: string, asked: readonly Asked<LexiconSkill>[]): Understanding['skills'] =>
  distinctGroups(
    alternativesOf(
      text,
      asked.map(({ mention, wanted }) => ({ ...spanOf(mention), wanted, value: skillOf(mention) })),
    ),
    ({ id }) => id,
  );

interface Judged<Value> {
  readonly mention: Mention<Value>;
  readonly wanted: Importance | 'negated' | 'offer';
  readonly because?: IgnoredBecause;
}
type Asked<Value> = Judged<Value> & { readonly wanted: Importance };

const isAsked = <Value>(one: Judged<Value>): one is Asked<Value> =>
  one.wanted === 'required' || one.wanted === 'preferred';

/** Each mention with how much its sentence or else its section wants it. */
function judged<Value>(text: string, clauses: readonly Clause[], mentions: readonly Mention<Value>[]): Judged<Value>[] {
  const isPortuguese = looksPortuguese(text);
  let next = 0;
  const inClauses = clauses.map((clause) => {
    const first = next;
    while (next < mentions.length && (mentions[next]?.start ?? clause.end) < clause.end) next++;
    return { ...clause, here: mentions.slice(first, next) };
  });
  const hasRequirements = inClauses.some(({ section, here }) => section === 'required' && here.length > 0);
  return inClauses.flatMap(({ start, end, section, here }, i): Judged<Value>[] => {
    if (here.length === 0) return [];
    if (section === 'offer') return here.map((mention) => ({ mention, wanted: 'offer', because: 'offer' }));
    const sentence = foldInPlace(text.slice(start, end));
    const cues = wantedIn(
      sentence,
      here.map((mention) => ({ start: mention.start - start, end: mention.end - start })),
      isPortuguese,
    );
    // Where requirements have a section of their own, the description of the work only colours them.
    const isAside = section === 'duties' || (section === 'opening' && i > 0);
    const otherwise: Wanted = section === 'preferred' || (hasRequirements && isAside) ? 'preferred' : 'required';
    return here.map((mention, j) => {
      const wanted = cues[j] ?? otherwise;
      return wanted === 'negated' ? { mention, wanted, because: 'negated' } : { mention, wanted };
    });
  });
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });
const skillOf = ({ value: { id, label }, start, end }: Mention<{ id: string; label: string }>): AskedSkill => ({
  id,
  label,
  at: { start, end },
});

/** Asked for once, as much as it is wanted anywhere; an alternative that is also asked for alone stays an alternative. */
function distinctGroups<Value>(
  groups: readonly { readonly anyOf: readonly Value[]; readonly importance: Importance }[],
  idOf: (value: Value) => string,
) {
  const grouped = new Set(groups.filter(({ anyOf }) => anyOf.length > 1).flatMap(({ anyOf }) => anyOf.map(idOf)));
  const byKey = new Map<string, { anyOf: readonly Value[]; importance: Importance }>();
  for (const { anyOf: all, importance } of groups) {
    const anyOf = distinctBy(all, idOf);
    const [only] = anyOf;
    if (anyOf.length === 1 && only !== undefined && grouped.has(idOf(only))) continue;
    const key = anyOf.map(idOf).sort().join('|');
    const known = byKey.get(key);
    if (!known) byKey.set(key, { anyOf, importance });
    else if (importance === 'required') known.importance = 'required';
  }
  return [...byKey.values()];
}

// A page names many occupations and levels ("reporta ao gerente"); its first line names the one that is sought.
function headlineOf(text: string): Span {
  const start = text.search(/\S/);
  const end = text.indexOf('\n', Math.max(0, start));
  return { start: Math.max(0, start), end: end < 0 ? text.length : end };
}
function inHeadline<Value>(mentions: readonly Mention<Value>[], { start, end }: Span): readonly Mention<Value>[] {
  const first = mentions.filter((mention) => mention.start >= start && mention.end <= end);
  return first.length > 0 ? first : mentions;
}

const firstPhrase = (text: string) => text.trim().split(/[\n,.;:]/, 1)[0] ?? '';

const ladderOrder = (levels: readonly Seniority[]) =>
  [...new Set(levels)].sort((a, b) => seniorityLadder.indexOf(a) - seniorityLadder.indexOf(b));

function blank(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + text.slice(Math.max(at, start), end).replace(/[^\n]/g, ' ');
    at = Math.max(at, end);
  }
  return result + text.slice(at);
}

/** Folded, with every character where it was: what folding would lengthen or shorten stays as it is. */
function foldInPlace(text: string): string {
  const folded = fold(text);
  if (folded.length === text.length) return folded;
  return text.replace(/[^\0-\x7f]|[A-Z]/g, (unit) => (fold(unit).length === unit.length ? fold(unit) : unit));
}

function looksPortuguese(text: string): boolean {
  const count = (words: RegExp) => text.match(words)?.length ?? 0;
  return (
    count(/(?<!\p{L})(?:de|em|com|para|e|ou|da|do|das|dos|que|uma?)(?!\p{L})|[ãõçáéíóúâêô]/giu) >
    count(/\b(?:the|and|with|for|of|or|to|is|in|you)\b/gi)
  );
}

const mostWords = 50;
// Words of the asking itself.
const askingWords =
  /^(?:procur\w*|busc\w*|precis\w*|vagas?|experiencia|experience|conhecimentos?|knowledge|desejave(?:l|is)|diferencia(?:l|is)|requisitos?|obrigatori[oa]s?|necessari[oa]s?|required|requirements?|preferred|nice|have|must|plus|minim[oa]|responsabilidades|responsibilities|avancad[oa]|fluentes?|fluent|advanced|anos?|years?|looking|seeking)$/;

/** The words that carry meaning and that nothing recognised stands over. */
function wordsLeft(text: string, spans: readonly Span[]): string[] {
  const words = new Set<string>();
  const read = blank(text, spans);
  for (const { folded, start, end } of tokenize(read)) {
    if (words.size === mostWords) break;
    if (functionWords.has(folded) || askingWords.test(folded) || folded.length < 2) continue;
    words.add(read.slice(start, end).toLowerCase());
  }
  return [...words];
}

function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].reverse();
}
