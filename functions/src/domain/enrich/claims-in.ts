import type { EnrichedClaims } from '../../contract/enriched-profile.ts';
import type { Quote } from '../../contract/quote.ts';

interface Claim {
  readonly confidence: number;
  readonly evidence: readonly Quote[];
}

/** Every claim of a profile by itself, the summary aside. */
export function claimsIn(claims: EnrichedClaims): Claim[] {
  const { personal, jobs, skills, education, certifications, languages, functions, achievements } = claims;
  const { companies, mobility, compensation, culture, seniority, leadership } = claims;
  return [
    ...Object.values(personal),
    ...[jobs, skills, education, certifications, languages, functions, achievements],
    ...[companies, mobility, compensation, culture, seniority, leadership],
  ]
    .flat()
    .filter((claim) => claim !== null);
}
