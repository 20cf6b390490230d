import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { SourceText } from '../../../contract/quote.ts';
import { certificationsIn } from './certifications.ts';
import { sourceKey } from './claims.ts';
import { studiesIn } from './education.ts';
import {
  certificationsInFields,
  fieldsOf,
  jobsInFields,
  languagesInFields,
  personInFields,
  studiesInFields,
} from './fields.ts';
import { flat } from './flat.ts';
import { headerScoresOf } from './header-scores.ts';
import { inferredSkills } from './inferred-skills.ts';
import { jobsIn, oneOfEach, type ToldJob } from './jobs.ts';
import { languagesIn } from './languages.ts';
import { type Line, linesOf } from './lines.ts';
import { oneLanguageEach, oneNameEach, oneStudyEach } from './merge.ts';
import { passagesOf } from './passages.ts';
import { companiesOf, personIn, standingOf } from './person.ts';
import { type AnalystTools, type Reading, readingOf } from './reading.ts';
import { achievementsIn, compensationIn, cultureIn, leadershipIn, mobilityIn, type Said } from './said.ts';
import { type Section, sectionsOf } from './sections.ts';
import { namedSkills, unknownSkills } from './skills.ts';
import { summaryOf } from './summary.ts';

/** Raised when the rules tell something else of the same texts. */
export const localRulesVersion = 'rules-1';

/** A text of somebody taken apart. */
interface ReadText {
  readonly source: SourceText;
  readonly lines: readonly Line[];
  readonly sections: readonly Section[];
}

/**
 * Reads what a person says of themselves, in Portuguese or English, by rules and the taxonomies alone: the same input gives the
 * same claims, and no clock is asked but `now`. Every claim quotes one of `sources`.
 */
export function analyzeLocally(
  tools: AnalystTools,
  { sources }: { readonly sources: readonly SourceText[] },
  now: Date,
): EnrichedClaims {
  const reading = readingOf(tools);
  const fields = fieldsOf(sources);
  const documents = sources.filter(({ source }) => 'documentId' in source).map(readText);
  const prose = sources.filter(({ source }) => 'field' in source && isProse(source.field)).map(fieldText);
  const toldJobs = [
    ...jobsInFields(reading, fields, now),
    ...documents.flatMap(({ source, sections }) => jobsIn(reading, source, sections, now)),
  ];
  const jobs = oneOfEach(toldJobs);
  const personal = personOf(reading, personInFields(fields), documents);
  const texts = [...prose, ...documents];
  const did = saidIn(withoutHeadings(texts, toldJobs), ['experience', 'projects', 'achievements', 'head']);
  const about = saidIn(texts, ['summary']);
  const all = saidIn(texts, undefined);
  return {
    personal,
    jobs,
    skills: skillsOf(tools, reading, texts, toldJobs, [...did, ...about]),
    education: oneStudyEach([
      ...studiesInFields(fields),
      ...documents.flatMap(({ source, sections }) =>
        studiesIn(source, sections, headerScoresOf(reading.recognizer).isPlace),
      ),
    ]),
    certifications: oneNameEach([
      ...certificationsInFields(fields),
      ...documents.flatMap(({ source, sections }) => certificationsIn(source, sections)),
    ]),
    languages: oneLanguageEach([
      ...languagesInFields(fields),
      ...documents.flatMap(({ source, sections }) => languagesIn(reading.recognizer, source, sections)),
    ]),
    ...standingOf(reading.recognizer, jobs, personal.headline),
    leadership: leadershipIn(all),
    achievements: achievementsIn(did),
    companies: companiesOf(jobs, flat),
    mobility: mobilityIn(all),
    compensation: compensationIn(all),
    culture: cultureIn([...about, ...all]),
    summary: summaryOf(about, did),
  };
}

const isProse = (field: string) =>
  /^(?:summary|headline|title|skills\[\d+\]\.name|experience\[\d+\]\.(?:title|description))$/.test(field);

function readText(source: SourceText): ReadText {
  const lines = linesOf(source.text);
  return { source, lines, sections: sectionsOf(lines) };
}

/** A field is one section, whatever stands in it. */
function fieldText(source: SourceText): ReadText {
  const lines = linesOf(source.text);
  const field = 'field' in source.source ? source.source.field : '';
  const kind = field.endsWith('.description') ? 'experience' : field === 'summary' ? 'summary' : 'other';
  return { source, lines, sections: [{ kind, lines }] };
}

/** Headings of jobs are no sentences of anybody's. */
function withoutHeadings(texts: readonly ReadText[], jobs: readonly ToldJob[]): ReadText[] {
  return texts.map((text) => {
    const headings = jobs
      .filter(({ source }) => source === text.source)
      .flatMap(({ job }) => job.evidence)
      .filter((quote) => sourceKey(quote.source) === sourceKey(text.source.source));
    const isHeading = (line: Line) => headings.some(({ start, end }) => line.start >= start && line.start < end);
    const sections = text.sections.map(({ kind, lines }) => ({
      kind,
      lines: lines.filter((line) => !isHeading(line)),
    }));
    return { ...text, sections };
  });
}

function saidIn(texts: readonly ReadText[], kinds: readonly Section['kind'][] | undefined): Said[] {
  return texts.flatMap(({ source, sections }) =>
    sections
      .filter(({ kind }) => !kinds || kinds.includes(kind))
      .flatMap(({ lines }) => passagesOf(source.text, lines).map((passage) => ({ source, passage }))),
  );
}

function skillsOf(
  tools: AnalystTools,
  { recognizer }: Reading,
  texts: readonly ReadText[],
  jobs: readonly ToldJob[],
  said: readonly Said[],
): EnrichedClaims['skills'] {
  const named = namedSkills(recognizer, texts, jobs);
  const known = new Set(named.map(({ skillId }) => skillId).filter((id) => id !== null));
  const unknown = texts.flatMap(({ source, sections }) => unknownSkills(recognizer, source, sections));
  const inferred = inferredSkills(tools, said, known);
  return [...named.slice(0, 150), ...oneNameEach(unknown), ...inferred].slice(0, 200);
}

function personOf(
  { recognizer }: Reading,
  told: EnrichedClaims['personal'],
  documents: readonly ReadText[],
): EnrichedClaims['personal'] {
  const [first] = documents;
  if (!first) return told;
  const read = personIn(recognizer, headerScoresOf(recognizer), first.source, first.lines);
  return {
    name: told.name ?? read.name,
    headline: told.headline ?? read.headline,
    city: told.city ?? read.city,
    region: told.city ? told.region : (told.region ?? read.region),
    country: told.country ?? (told.city ? null : read.country),
  };
}
