import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import { nameKey } from '../../text/tokens.ts';
import { together } from './claims.ts';

/** What profile and documents tell alike is one claim with the words of both; the first says how it is written. */
export const oneNameEach = <Named extends EnrichedClaims['certifications'][number] | EnrichedClaims['skills'][number]>(
  claims: readonly Named[],
): Named[] => merge(claims, ({ name }) => nameKey(name));

export const oneLanguageEach = (claims: EnrichedClaims['languages']): EnrichedClaims['languages'] =>
  merge(
    claims,
    ({ code }) => code,
    (one, other) => ({ ...one, level: one.level ?? other.level }),
  ).slice(0, 20);

export const oneStudyEach = (claims: EnrichedClaims['education']): EnrichedClaims['education'] =>
  merge(
    claims,
    ({ institution, field, degree }) => [institution, field ?? degree].map((text) => nameKey(text ?? '')).join('|'),
    (one, other) => ({
      ...one,
      level: one.level ?? other.level,
      start: one.start ?? other.start,
      end: one.end ?? other.end,
      completed: one.completed ?? other.completed,
    }),
  ).slice(0, 20);

type Evident = Pick<EnrichedClaims['languages'][number], 'evidence' | 'confidence'>;

function merge<Claim extends Evident>(
  claims: readonly Claim[],
  keyOf: (claim: Claim) => string,
  both: (one: Claim, other: Claim) => Claim = (one) => one,
): Claim[] {
  const kept = new Map<string, Claim>();
  for (const claim of claims) {
    const key = keyOf(claim);
    const before = kept.get(key);
    kept.set(key, before ? { ...both(before, claim), evidence: together(before.evidence, claim.evidence) } : claim);
  }
  return [...kept.values()];
}
