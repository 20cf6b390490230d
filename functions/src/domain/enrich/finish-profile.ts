import type { z } from 'zod';
import {
  type EnrichedClaims,
  type EnrichedProfile,
  enrichedProfileVersion,
  type ProfileFlag,
  type Provenance,
} from '../../contract/enriched-profile.ts';
import type { SourceText } from '../../contract/quote.ts';
import { nameKey } from '../text/tokens.ts';
import { claimsIn } from './claims-in.ts';
import { newestFirst, spansOf, timesOf, yearsIn } from './job-times.ts';
import type { SupportedClaims } from './keep-supported.ts';

type Flag = z.output<typeof ProfileFlag>;

/** Fewer letters than that tell too little of anybody, in units of text. */
const shortText = 300;
/** Two jobs that share a month or two were handed over; in months. */
const handover = 2;

/**
 * Makes the profile of what an analyst said and the server found supported. Times of jobs are counted here, as of `analyzedAt`,
 * whoever the analyst is. `flags` are those that reading the texts gave; those about dates and length are added.
 */
export function finishProfile(
  { claims, unsupported }: SupportedClaims,
  sources: readonly SourceText[],
  flags: readonly Flag[],
  provenance: z.output<typeof Provenance>,
): EnrichedProfile {
  const now = new Date(provenance.analyzedAt);
  const jobs = newestFirst(claims.jobs.map((job) => ({ ...job, ...timesOf(job, now) })));
  const spans = jobs.map((job) => spansOf(job, now)).filter((span) => span !== null);
  const years = {
    min: yearsIn(spans.map(({ certain }) => certain)),
    max: yearsIn(spans.map(({ possible }) => possible)),
  };
  return {
    ...claims,
    jobs,
    version: enrichedProfileVersion,
    experience: { years },
    flags: [...flags, ...dateFlags(jobs, now), ...lengthFlags(sources)].slice(0, 50),
    analysisConfidence: confidenceOf(claims, unsupported),
    unsupported,
    provenance,
  };
}

function dateFlags(jobs: EnrichedClaims['jobs'], now: Date): Flag[] {
  const certain = jobs.map((job) => spansOf(job, now)?.certain);
  let contradicts = jobs.some(({ doubts }) => doubts.includes('order_reversed') || doubts.includes('in_future'));
  let overlaps = false;
  for (const [i, one] of jobs.entries()) {
    for (const [j, other] of jobs.slice(0, i).entries()) {
      const [a, b] = [certain[i], certain[j]];
      const shared = a && b ? Math.min(a.to, b.to) - Math.max(a.from, b.from) : 0;
      if (shared <= 0) continue;
      // One job told twice with other dates, or two at a time.
      if (isSame(one, other)) contradicts = true;
      else if (shared > handover) overlaps = true;
    }
  }
  return [
    ...(contradicts ? [{ code: 'dates.contradict', documentId: null } as const] : []),
    ...(overlaps ? [{ code: 'dates.overlap', documentId: null } as const] : []),
  ];
}

type Job = EnrichedClaims['jobs'][number];
const isSame = (a: Job, b: Job) =>
  nameKey(a.title) === nameKey(b.title) &&
  a.company !== null &&
  b.company !== null &&
  nameKey(a.company) === nameKey(b.company);

function lengthFlags(sources: readonly SourceText[]): Flag[] {
  const code = 'text.short' as const;
  const documents = sources.flatMap(({ source, text }) =>
    'documentId' in source && text.length < shortText ? [{ code, documentId: source.documentId }] : [],
  );
  const all = sources.reduce((sum, { text }) => sum + text.length, 0);
  return all < shortText && documents.length === 0 ? [{ code, documentId: null }] : documents;
}

/** Mean confidence of the claims times the share that was supported, two decimals; 0 where nothing is said. */
function confidenceOf(claims: EnrichedClaims, unsupported: number): number {
  const all = claimsIn(claims);
  if (all.length === 0) return 0;
  const mean = all.reduce((sum, { confidence }) => sum + confidence, 0) / all.length;
  return Math.round(((mean * all.length) / (all.length + unsupported)) * 100) / 100;
}
