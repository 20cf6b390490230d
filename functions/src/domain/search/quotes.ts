import type { CandidateProfile } from '../../contract/candidate.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Quote } from '../../contract/quote.ts';
import type { KeptFindings } from '../../stores/documents.ts';
import { findInDocument } from '../injection/find-in-document.ts';
import { promptable } from '../injection/promptable.ts';
import type { Recognizer } from '../text/recognizer.ts';

/** A document's text beside the profile, for quoting. */
export interface QuotableDocument {
  readonly documentId: string;
  readonly text: string;
  readonly findings: KeptFindings | null;
}

const longestQuote = 220;
const longestQuotable = 40_000;

/**
 * For each wanted skill the first sentence of the person's own that mentions it; a job's description before a summary.
 * Nothing is quoted that is not `promptable`.
 */
export function quotesOf(
  recognizer: Recognizer,
  profile: CandidateProfile,
  documents: readonly QuotableDocument[],
  wanted: ReadonlySet<string>,
): Map<string, Quote> {
  const texts: { text: string | undefined; source: Quote['source']; findings?: () => readonly Finding[] }[] = [
    ...profile.experience.map((job, i) => ({
      text: job.description,
      source: { field: `experience[${i}].description` },
    })),
    { text: profile.summary, source: { field: 'summary' } },
    { text: profile.headline, source: { field: 'headline' } },
    { text: profile.title, source: { field: 'title' } },
    ...documents.map((document) => ({
      text: document.text,
      source: { documentId: document.documentId },
      findings: () => findInDocument(document),
    })),
    ...profile.skills.map(({ name }, i) => ({ text: name, source: { field: `skills[${i}].name` } })),
  ];
  const quotes = new Map<string, Quote>();
  for (const { text, source, findings } of texts) {
    if (quotes.size === wanted.size) break;
    if (!text) continue;
    // Looked at only where something would be quoted.
    let safe: string | undefined;
    for (const { value, start, end } of recognizer.skills(text.slice(0, longestQuotable))) {
      if (!wanted.has(value.id) || quotes.has(value.id)) continue;
      safe ??= promptable(text, findings?.());
      if (safe.slice(start, end) === text.slice(start, end))
        quotes.set(value.id, sentenceAround(safe, start, end, source));
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
  const from = Math.max(0, before - longestQuote);
  const last = [...text.slice(from, before).matchAll(/[.!?;](?=\s)/g)].at(-1);
  return last ? from + last.index : -1;
}

const isLowSurrogate = (text: string, at: number) => /^[\udc00-\udfff]$/.test(text[at] ?? '');
