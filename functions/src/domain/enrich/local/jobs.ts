import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { Quote, SourceText } from '../../../contract/quote.ts';
import { nameKey } from '../../text/tokens.ts';
import { type JobDates, newestFirst, timesOf } from '../job-times.ts';
import { quote, sure, together } from './claims.ts';
import type { DatedSpan } from './dates.ts';
import { headerScoresOf } from './header-scores.ts';
import { type JobBlock, jobBlocksIn } from './job-blocks.ts';

import type { Reading } from './reading.ts';
import type { Section } from './sections.ts';

export type Job = EnrichedClaims['jobs'][number];

/** A job and the stretch of the text that tells of it, for what was used in it. */
export interface ToldJob {
  readonly job: Job;
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** The jobs that the sections of a document tell of, in its order. */
export function jobsIn(reading: Reading, source: SourceText, sections: readonly Section[], now: Date): ToldJob[] {
  const told = sections.filter(({ kind }) => kind === 'experience');
  const looked =
    told.length > 0 ? told : sections.filter(({ kind }) => kind === 'head' || kind === 'summary' || kind === 'other');
  const scores = headerScoresOf(reading.recognizer);
  return looked.flatMap(({ lines }) =>
    jobBlocksIn(lines, scores).map((block) => {
      const first = lines[block.from];
      const last = lines[block.to];
      const end = lines[block.last]?.end ?? last?.end ?? 0;
      const heading = quote(source, first?.start ?? 0, last?.end ?? 0);
      const dated = block.dated === undefined ? undefined : lines[block.dated];
      const evidence = dated ? [heading, quote(source, dated.start, dated.end)] : [heading];
      return { job: jobOf(reading, block, evidence, now), source, start: heading.start, end };
    }),
  );
}

function jobOf(reading: Reading, { title, company, date, clarity }: JobBlock, evidence: Quote[], now: Date): Job {
  const written = title.text.slice(0, 200);
  const occupation = reading.occupationOf(written);
  const times = timesOf(datesOf(date), now);
  return {
    title: written,
    ecoId: occupation?.ecoId ?? null,
    company: company?.text.slice(0, 200) ?? null,
    ...times,
    confidence: sure(0.5 + 0.25 * clarity + (company ? 0.1 : 0) + (times.doubts.length === 0 ? 0.1 : 0)),
    evidence,
  };
}

function datesOf(date: DatedSpan | undefined): JobDates {
  if (!date) return { start: null, end: null, current: null };
  return { start: date.from, end: date.to, current: date.open ? true : date.to === null ? null : false };
}

/** Newest first, undated last; what two sources tell of one job becomes one claim. */
export function oneOfEach(jobs: readonly ToldJob[]): Job[] {
  const kept: Job[] = [];
  for (const { job } of jobs) {
    const at = kept.findIndex((known) => areOne(known, job));
    const known = kept[at];
    if (known) kept[at] = merged(known, job);
    else kept.push(job);
  }
  return newestFirst(kept).slice(0, 60);
}

function areOne(a: Job, b: Job): boolean {
  const title = nameKey(a.title) === nameKey(b.title);
  const company = a.company === null || b.company === null || nameKey(a.company) === nameKey(b.company);
  if (!company || !(title || (a.ecoId !== null && a.ecoId === b.ecoId && a.company !== null && b.company !== null)))
    return false;
  return agree(a.start, b.start) && (agree(a.end, b.end) || a.current === true || b.current === true);
}

const agree = (a: string | null, b: string | null) => a === null || b === null || a.startsWith(b) || b.startsWith(a);

function merged(a: Job, b: Job): Job {
  const [most, least] = a.doubts.length <= b.doubts.length ? [a, b] : [b, a];
  return {
    ...most,
    ecoId: most.ecoId ?? least.ecoId,
    company: most.company ?? least.company,
    confidence: Math.max(a.confidence, b.confidence),
    evidence: together(a.evidence, b.evidence),
  };
}
