import type { Seniority } from '../../contract/candidate.ts';
import type {
  JobFunction,
  Lexicon,
  LexiconIndustry,
  LexiconPlace,
  LexiconSkill,
  LexiconTitle,
} from '../../contract/lexicon.ts';
import { functionWords } from './function-words.ts';
import { agreementKey, type Mention, PhraseIndex } from './phrase-index.ts';
import { SkillNames } from './skill-names.ts';
import { fold, nameKey, tokenize } from './tokens.ts';

/** Finds what the taxonomies know in running text. One for each lexicon, built at first use. */
export interface Recognizer {
  readonly version: string;
  /** `anyCase`: in a text typed without capitals, where `excel` and `go` are written like any other word. */
  skills(text: string, anyCase?: boolean): Mention<LexiconSkill>[];
  titles(text: string): Mention<LexiconTitle>[];
  seniorities(text: string): Mention<Seniority>[];
  places(text: string): Mention<LexiconPlace>[];
  languages(text: string): Mention<string>[];
  industries(text: string): Mention<LexiconIndustry>[];
  skillNamed(name: string): LexiconSkill | undefined;
  /** Every place of that name: a city and its state often share one. */
  placesNamed(name: string): LexiconPlace[];
  industryNamed(name: string): LexiconIndustry | undefined;
  skillById(id: string): LexiconSkill | undefined;
  titleById(id: string): LexiconTitle | undefined;
  /** Skill ids that make somebody ready for this one, each with how far, 0..1. */
  transfersTo(id: string): ReadonlyMap<string, number>;
  /** What a job title is for, by the taxonomy's titles that begin alike; undefined when they do not agree. */
  functionOf(title: string): JobFunction | undefined;
}

const none: ReadonlyMap<string, number> = new Map();
const built = new WeakMap<Lexicon, Recognizer>();

export function recognizerOf(lexicon: Lexicon): Recognizer {
  let recognizer = built.get(lexicon);
  if (!recognizer) built.set(lexicon, (recognizer = build(lexicon)));
  return recognizer;
}

function build(lexicon: Lexicon): Recognizer {
  const skills = new SkillNames(lexicon);
  const titles = new PhraseIndex<LexiconTitle>(agreementKey);
  for (const title of lexicon.titles) {
    for (const label of [...(title.labels.pt ?? []), ...(title.labels.en ?? [])]) titles.add(label, title);
  }
  // English terms do not bend: an `intern` is no `internos`.
  const seniorities = { pt: new PhraseIndex<Seniority>(agreementKey), en: new PhraseIndex<Seniority>() };
  for (const { term, level, lang } of lexicon.seniority) seniorities[lang].add(term, level);
  const places = new PhraseIndex<LexiconPlace>();
  // A two-letter alias is a word of the language unless it stands in capitals (`PA`, `SE`, `US`), and `Pará` is `para` without its accent.
  for (const place of lexicon.places) {
    for (const name of [place.name, ...place.aliases])
      places.add(name, place, name.length <= 2 ? name.toUpperCase() : functionWords.has(fold(name)) ? name : undefined);
  }
  const languages = new PhraseIndex<string>();
  for (const { code, names } of lexicon.languages) for (const name of names) languages.add(name, code);
  const industries = new PhraseIndex<LexiconIndustry>();
  for (const industry of lexicon.industries) {
    for (const name of [industry.pt, industry.en, ...industry.aliases]) industries.add(name, industry);
  }
  let byKey: Map<string, LexiconPlace[]> | undefined;
  const placesByKey = () => (byKey ??= placesByNameKey(lexicon));
  let functionByHead: ReturnType<typeof functionsByHead> | undefined;
  const byId = new Map(lexicon.skills.map((skill) => [skill.id, skill]));
  let titlesById: ReadonlyMap<string, LexiconTitle> | undefined;
  const transfers = new Map<string, Map<string, number>>();
  for (const { from, to, weight } of lexicon.transfer) {
    const known = transfers.get(to) ?? new Map<string, number>();
    transfers.set(to, known.set(from, weight));
  }
  return {
    version: lexicon.version,
    skills: (text, anyCase) => skills.find(text, anyCase),
    titles: (text) => titles.find(withoutBothGenders(text)),
    seniorities: (text) => longestOf([...seniorities.pt.find(text), ...seniorities.en.find(text)]),
    places: (text) => places.find(text),
    languages: (text) => languages.find(text),
    industries: (text) => industries.find(text),
    skillNamed: (name) => skills.named(name),
    placesNamed: (name) => {
      const found = places.lookup(name);
      return found.length > 0 ? found : (placesByKey().get(nameKey(name)) ?? []);
    },
    industryNamed: (name) => industries.lookup(name)[0],
    skillById: (id) => byId.get(id),
    titleById: (id) => {
      titlesById ??= new Map(lexicon.titles.map((title) => [title.id, title]));
      return titlesById.get(id);
    },
    transfersTo: (id) => transfers.get(id) ?? none,
    functionOf: (title) => {
      functionByHead ??= functionsByHead(lexicon);
      return functionByHead(title);
    },
  };
}

/** By what a field of its own may say, in any case and without accents: `para`, `sp`. */
function placesByNameKey({ places }: Lexicon): Map<string, LexiconPlace[]> {
  const byKey = new Map<string, LexiconPlace[]>();
  for (const place of places)
    for (const name of new Set([place.name, ...place.aliases].map(nameKey)))
      byKey.set(name, [...(byKey.get(name) ?? []), place]);
  return byKey;
}

// `Desenvolvedor(a) Python` and `Analista/o` name both genders: the second is blanked, and offsets stay.
const withoutBothGenders = (text: string): string =>
  text.replace(/(?<=\p{L})(?:\((?:a|o|as|os|ora|eira|e|es|na)\)|\/(?:a|o|as|os)(?!\p{L}))/giu, (ending) =>
    ' '.repeat(ending.length),
  );

/** Without those that lie within a longer one, or repeat one; in the order of the text. */
function longestOf<Value>(mentions: readonly Mention<Value>[]): Mention<Value>[] {
  const kept: Mention<Value>[] = [];
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mention.start >= (kept.at(-1)?.end ?? 0)) kept.push(mention);
  }
  return kept;
}

/** Votes of all titles for their first two words and their first; a head is trusted when 6 in 10 of its titles agree. */
function functionsByHead(lexicon: Lexicon): (title: string) => JobFunction | undefined {
  const votes = new Map<string, Map<JobFunction, number>>();
  for (const title of lexicon.titles) {
    if (title.function === 'other') continue;
    for (const label of title.labels.pt ?? []) vote(headsOf(label, 'first'), title.function);
    for (const label of title.labels.en ?? []) vote(headsOf(label, 'last'), title.function);
  }
  function vote(heads: readonly string[], name: JobFunction): void {
    for (const head of heads) {
      const counts = votes.get(head) ?? new Map<JobFunction, number>();
      votes.set(head, counts.set(name, (counts.get(name) ?? 0) + 1));
    }
  }
  const winners = new Map<string, JobFunction>();
  for (const [head, counts] of votes) {
    const total = counts.values().reduce((sum, n) => sum + n, 0);
    const [name, most] = [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))[0] ?? [];
    if (name && most && most / total >= 0.6) winners.set(head, name);
  }
  return (title) =>
    [...headsOf(title, 'first'), ...headsOf(title, 'last')]
      .map((head) => winners.get(head))
      .find((name) => name !== undefined);
}

// A Portuguese title begins with its head noun, an English one ends with it.
function headsOf(title: string, end: 'first' | 'last'): string[] {
  const words = tokenize(title)
    .map((token) => agreementKey(token.folded))
    .filter((word) => word.length > 2);
  const pair = end === 'first' ? words.slice(0, 2) : words.slice(-2);
  const single = end === 'first' ? words[0] : words.at(-1);
  return [...(pair.length === 2 ? [`${end}:${pair.join(' ')}`] : []), ...(single ? [`${end}:${single}`] : [])];
}
