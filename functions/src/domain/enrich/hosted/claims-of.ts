import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { Quote, SourceText } from '../../../contract/quote.ts';
import type { Reading } from '../local/reading.ts';
import type { ModelClaims } from './model-claims.ts';
import type { NamedSource } from './prompt.ts';

type Quoted = { readonly quotes: ModelClaims['jobs'][number]['quotes'] };

/**
 * A model's answer as claims: quotes get their places, titles and skills their ids. Words that are not found get a place where they
 * do not stand, for `keepSupported` to drop. Names are not a model's to tell: they were left out of what it read.
 */
export function claimsOf(said: ModelClaims, named: readonly NamedSource[], reading: Reading): EnrichedClaims {
  const sources = new Map(named.map((one) => [one.name, one]));
  const quoted = <Claim extends Quoted>({ quotes, ...claim }: Claim) => ({
    ...claim,
    evidence: quotes.map(({ source, text }) => place(text, sources.get(source))),
  });
  const maybe = <Claim extends Quoted>(claim: Claim | null) => (claim === null ? null : quoted(claim));
  const { headline, city, region, country } = said;
  return {
    personal: {
      name: null,
      headline: maybe(headline),
      city: maybe(city),
      region: maybe(region),
      country: maybe(country),
    },
    jobs: said.jobs.map((job) => ({
      ...quoted(job),
      ecoId: reading.occupationOf(job.title)?.ecoId ?? null,
      // `finishProfile` works them out.
      months: { min: 0, max: 0 },
      doubts: [],
    })),
    skills: said.skills.map((skill) => ({
      ...quoted(skill),
      because: skill.basis === 'inferred' ? skill.because : null,
      skillId: reading.recognizer.skillNamed(skill.name)?.id ?? null,
      lastUsed: null,
    })),
    education: said.education.map(quoted),
    certifications: said.certifications.map(quoted),
    languages: said.languages.map(quoted),
    seniority: maybe(said.seniority),
    functions: said.functions.map(quoted),
    leadership: maybe(said.leadership),
    achievements: said.achievements.map(quoted),
    companies: said.companies.map(quoted),
    mobility: said.mobility.map(quoted),
    compensation: said.compensation.map(quoted),
    culture: said.culture.map(quoted),
    summary: maybe(said.summary),
  };
}

const nowhere: SourceText['source'] = { field: '' };

/** Where the words stand first as words of their own; what was left out for the model is put back. */
function place(text: string, named: NamedSource | undefined): Quote {
  if (!named) return { text, source: nowhere, start: 0, end: 0 };
  const { source, text: kept } = named.kept;
  const { shown } = named;
  const isLetter = (unit: string | undefined) => unit !== undefined && /[\p{L}\p{N}]/u.test(unit);
  for (let at = shown.indexOf(text); at >= 0; at = shown.indexOf(text, at + 1)) {
    const end = at + text.length;
    const isCut = (isLetter(shown[at - 1]) && isLetter(text[0])) || (isLetter(shown[end]) && isLetter(text.at(-1)));
    if (!isCut) return { text: kept.slice(at, end), source, start: at, end };
  }
  return { text, source, start: 0, end: 0 };
}
