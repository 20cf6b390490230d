import type { SourceText } from '../../functions/src/contract/quote.ts';
import { occupationsOf } from '../../functions/src/domain/eco/occupations.ts';
import { keepSupported } from '../../functions/src/domain/enrich/keep-supported.ts';
import { analyzeLocally } from '../../functions/src/domain/enrich/local/analyze-locally.ts';
import { nameKey } from '../../functions/src/domain/text/tokens.ts';
import { extractText } from '../../functions/src/platform/document-text.ts';
import { openLexicon } from '../../functions/src/platform/lexicon.ts';
import { openLocalModel } from '../../functions/src/platform/local-embedder.ts';
import { openTaxonomy } from '../../functions/src/platform/taxonomy.ts';
import { Random } from '../demo/random.ts';
import { Wording } from '../demo/wording.ts';
import { percentile, rounded } from '../lib/figures.ts';
import { heldLayoutNames, layOut, layoutNames } from './layouts.ts';
import { formats, render } from './render.ts';
import {
  type Answers,
  answersOf,
  count,
  datesKey,
  facets,
  jobKey,
  measuresOf,
  noTallies,
  type Tallies,
} from './score.ts';
import { drawPerson, type Person } from './truth.ts';
import { dateStyle } from './wording.ts';

/** The demo's "today", so that the same people give the same answers next year. */
const today = new Date('2026-09-15T00:00:00Z');

/** A resume that was read from a file, and what is known of it. */
export interface Resume {
  readonly name: string;
  readonly text: string;
  readonly truth: Answers;
  /** Under what its figures are told: `pt`, `pdf`, a layout. */
  readonly groups: readonly string[];
}

const split = { tuned: layoutNames, held: heldLayoutNames } as const;

/** Resumes of that seed: each layout in each language and format, `each` times. */
export async function* generated(layouts: keyof typeof split, seed: string, each: number): AsyncGenerator<Resume> {
  const lexicon = await openLexicon();
  const wording = new Wording(lexicon);
  for (const layout of split[layouts]) {
    for (const lang of ['pt', 'en'] as const) {
      for (let i = 0; i < each; i++) {
        const id = `${seed}-${layouts}-${lang}-${layout.length}-${i}`;
        const random = new Random(`${id}${layout}`);
        const person = drawPerson(id, lang, random, lexicon, wording);
        const dates = dateStyle(lang, random);
        const rows = layOut(layout, person, dates, random);
        for (const format of formats) {
          const bytes = await render[format](rows);
          const { text } = await extractText({ fileName: `resume.${format}`, bytes });
          yield {
            name: `${id}.${format}`,
            text,
            truth: truthOf(person, dates.yearsOnly),
            groups: [lang, format, layout],
          };
        }
      }
    }
  }
}

function truthOf({ jobs, skills, study, languages }: Person, yearsOnly: boolean): Answers {
  const cut = (date: string | null) => (date && yearsOnly ? date.slice(0, 4) : date);
  const dates = jobs.map(({ start, end }) => datesKey(cut(start), cut(end), end === null));
  return {
    titles: jobs.map(({ title }) => nameKey(title)),
    companies: jobs.map(({ company }) => nameKey(company)),
    dates,
    jobs: jobs.map(({ title, company }, i) => jobKey(title, company, dates[i] ?? '')),
    skills: [...new Set(skills.map(({ id }) => id))],
    education: [`${study.level}|${nameKey(study.school)}`],
    languages: languages.map(({ code, level }) => `${code}|${level ?? null}`),
  };
}

/** Reads every resume and tells how much of what is known was found, for all and for each group; quotes that are not in the text are counted. */
export async function measure(
  resumes: AsyncIterable<Resume> | Iterable<Resume>,
  onRead?: (resume: Resume, answers: Required<Answers>) => void,
) {
  const taxonomy = await openTaxonomy();
  const [lexicon, occupations, localModel] = await Promise.all([
    openLexicon(),
    occupationsOf(taxonomy),
    openLocalModel(),
  ]);
  const tools = { lexicon, occupations, localModel };
  const groups = new Map<string, Tallies>();
  const times: number[] = [];
  let resumesRead = 0;
  let unsupported = 0;
  for await (const resume of resumes) {
    const sources: SourceText[] = [{ source: { documentId: 'resume' }, text: resume.text }];
    const before = process.cpuUsage();
    const claims = analyzeLocally(tools, { sources }, today);
    const { user, system } = process.cpuUsage(before);
    // The first ones open what is opened once.
    if (resumesRead++ >= 10) times.push((user + system) / 1_000);
    unsupported += keepSupported(claims, sources).unsupported;
    const answers = answersOf(claims);
    onRead?.(resume, answers);
    for (const group of ['all', ...resume.groups]) {
      const tallies = groups.get(group) ?? noTallies();
      groups.set(group, tallies);
      count(tallies, resume.truth, answers);
    }
  }
  return {
    resumes: resumesRead,
    unsupportedQuotes: unsupported,
    processorMs: { p50: rounded(percentile(times, 0.5)), p95: rounded(percentile(times, 0.95)) },
    groups: Object.fromEntries(
      [...groups].map(([group, tallies]) => [
        group,
        Object.fromEntries(facets.map((facet) => [facet, measuresOf(tallies[facet])])),
      ]),
    ),
  };
}

export type Measured = Awaited<ReturnType<typeof measure>>;
