import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { Quote } from '../../../contract/quote.ts';
import { fold, tokenize } from '../../text/tokens.ts';
import type { SupportedClaims } from '../keep-supported.ts';

type Evidenced = { readonly evidence: readonly Quote[] };

/**
 * Keeps of a model's claims what their own quotes tell: a quote may be real and still say nothing of the claim. Titles, employers, schools,
 * named skills and words of the person's own have to stand in the quotes, and every number and year of a claim has to. What is told
 * beside them and is not there becomes null; each is counted as unsupported.
 */
export function keepTold({ claims, unsupported: before }: SupportedClaims): SupportedClaims {
  let unsupported = before;
  const only = <Claim extends Evidenced>(list: readonly Claim[], isTold: (claim: Claim) => boolean): Claim[] =>
    list.filter((claim) => isTold(claim) || count());
  const one = <Claim extends Evidenced>(claim: Claim | null, isTold: (claim: Claim) => boolean): Claim | null =>
    claim === null || isTold(claim) ? claim : (count(), null);
  const part = <Value>(value: Value | null, isTold: (value: Value) => boolean): Value | null =>
    value === null || isTold(value) ? value : (count(), null);
  const count = (): false => {
    unsupported++;
    return false;
  };
  const { personal } = claims;
  const kept: EnrichedClaims = {
    ...claims,
    personal: {
      ...personal,
      headline: one(personal.headline, (claim) => hasWords(claim, claim.value)),
      city: one(personal.city, (claim) => hasWords(claim, claim.value)),
      region: one(personal.region, (claim) => hasWords(claim, claim.value)),
    },
    jobs: only(claims.jobs, (job) => hasWords(job, job.title)).map((job) => ({
      ...job,
      company: part(job.company, (name) => hasWords(job, name)),
      start: part(job.start, (date) => hasYear(job, date)),
      end: part(job.end, (date) => hasYear(job, date)),
    })),
    skills: only(claims.skills, (skill) => skill.basis === 'inferred' || hasWords(skill, skill.name)),
    education: only(
      claims.education.map((study) => ({
        ...study,
        institution: part(study.institution, (name) => hasWords(study, name)),
        degree: part(study.degree, (name) => hasWords(study, name)),
        start: part(study.start, (date) => hasYear(study, date)),
        end: part(study.end, (date) => hasYear(study, date)),
      })),
      ({ institution, degree }) => institution !== null || degree !== null,
    ),
    certifications: only(claims.certifications, (claim) => hasWords(claim, claim.name)).map((claim) => ({
      ...claim,
      year: part(claim.year, (year) => hasYear(claim, String(year))),
    })),
    leadership: claims.leadership && {
      ...claims.leadership,
      teamSize: part(claims.leadership.teamSize, (size) => hasNumbers(claims.leadership as Evidenced, String(size))),
    },
    achievements: only(claims.achievements, (claim) => hasNumbers(claim, claim.text)),
    companies: only(claims.companies, (claim) => hasWords(claim, claim.name)),
    compensation: only(claims.compensation, (claim) => hasNumbers(claim, claim.text)),
    culture: only(claims.culture, (claim) => hasNumbers(claim, claim.text)),
    summary: one(claims.summary, (claim) => hasNumbers(claim, claim.text)),
  };
  return { claims: kept, unsupported };
}

const told = ({ evidence }: Evidenced) => evidence.map(({ text }) => text).join('\n');
const words = (text: string) => tokenize(text).map(({ folded }) => folded);

function hasWords(claim: Evidenced, text: string): boolean {
  const quoted = new Set(words(told(claim)));
  return words(text).every((word) => quoted.has(word));
}

const numbersIn = (text: string): readonly string[] => fold(text).match(/\d+/g) ?? [];

function hasNumbers(claim: Evidenced, text: string): boolean {
  const quoted = new Set(numbersIn(told(claim)));
  return numbersIn(text).every((number) => quoted.has(number));
}

/** `jan/19` tells of 2019 as `01/2019` does. */
const hasYear = (claim: Evidenced, date: string): boolean =>
  numbersIn(told(claim)).some(
    (number) => number === date.slice(0, 4) || number === date.slice(2, 4) || number === date.replace('-', ''),
  );
