import type { EnrichedClaims } from '../../contract/enriched-profile.ts';
import type { Quote, SourceText } from '../../contract/quote.ts';
import { quotedWordsIn } from './quoted-words.ts';

/** What is left of an analyst's claims once every quote was looked up. */
export interface SupportedClaims {
  readonly claims: EnrichedClaims;
  /** Claims that were dropped because none of their quotes is in its source. */
  readonly unsupported: number;
}

/**
 * The server's own check of what any analyst says: each quote is read again in the source it names, its span mended where the words
 * stand elsewhere in it exactly once, and dropped where they are not there word for word; a claim without a quote left is dropped.
 */
export function keepSupported(claims: EnrichedClaims, sources: readonly SourceText[]): SupportedClaims {
  const words = quotedWordsIn(sources);
  let unsupported = 0;
  const one = <Claim extends { readonly evidence: Quote[] }>(claim: Claim | null): Claim | null => {
    if (claim === null) return null;
    const evidence = claim.evidence.map(words.find).filter((quote) => quote !== undefined);
    if (evidence.length > 0) return { ...claim, evidence };
    unsupported++;
    return null;
  };
  const each = <Claim extends { readonly evidence: Quote[] }>(list: readonly Claim[]): Claim[] =>
    list.map(one).filter((claim) => claim !== null);
  const { personal } = claims;
  const kept: EnrichedClaims = {
    personal: {
      name: one(personal.name),
      headline: one(personal.headline),
      city: one(personal.city),
      region: one(personal.region),
      country: one(personal.country),
    },
    jobs: each(claims.jobs),
    skills: each(claims.skills),
    education: each(claims.education),
    certifications: each(claims.certifications),
    languages: each(claims.languages),
    seniority: one(claims.seniority),
    functions: each(claims.functions),
    leadership: one(claims.leadership),
    achievements: each(claims.achievements),
    companies: each(claims.companies),
    mobility: each(claims.mobility),
    compensation: each(claims.compensation),
    culture: each(claims.culture),
    summary: one(claims.summary),
  };
  return { claims: kept, unsupported };
}
