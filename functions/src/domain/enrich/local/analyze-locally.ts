import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { SourceText } from '../../../contract/quote.ts';
import { jobsIn, oneOfEach } from './jobs.ts';
import { linesOf } from './lines.ts';
import { type AnalystTools, readingOf } from './reading.ts';
import { sectionsOf } from './sections.ts';

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
  const documents = sources.filter(({ source }) => 'documentId' in source);
  const jobs = documents.flatMap((source) => jobsIn(reading, source, sectionsOf(linesOf(source.text)), now));
  return {
    personal: { name: null, headline: null, city: null, region: null, country: null },
    jobs: oneOfEach(jobs),
    skills: [],
    education: [],
    certifications: [],
    languages: [],
    seniority: null,
    functions: [],
    leadership: null,
    achievements: [],
    companies: [],
    mobility: [],
    compensation: [],
    culture: [],
    summary: null,
  };
}
