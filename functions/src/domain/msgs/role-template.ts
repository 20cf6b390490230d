import type { Context } from '../../context.ts';
import type { Seniority } from '../../contract/candidate.ts';
import { Problem } from '../../contract/errors.ts';
import type { OccupationPool } from '../../stores/market.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { addDays } from './days.ts';
import { latestEmas } from './market-demand.ts';
import { leastSupport, noData, windowDays } from './no-data.ts';
import { filedUnder, titleOf } from './occupation.ts';
import { quartilesOf } from './quartiles.ts';
import { labelOf, type MarketLocale } from './skill-named.ts';

export interface RoleTemplate {
  readonly ecoId: string;
  readonly locale: MarketLocale;
  readonly experienceLevel?: Seniority | undefined;
  readonly includeDemand: boolean;
}

/** Share of the advertisements that ask for a skill, from which on a role requires or prefers it. */
export const requiredShare = 0.35;
export const preferredShare = 0.1;
const leastAsking = 2;
const mostSkills = 25;
/** So many advertisements that tell of something make half of its confidence. */
const halfConfidence = 10;

/**
 * What the market asks for under an occupation's title, from advertisements that name any skill, in the 52 weeks up
 * to the last of them. A skill is required when
 * 35 % of the advertisements ask for it, at least half of them as a requirement; preferred from 10 %. `importance` is that share.
 * Years are the quartiles of the fewest years asked for, without outliers, from 5 advertisements that say any.
 * Confidence is .5 c(skills) + .3 c(years) + .2 c(region), where c(n) = n / (n + 10) for n that tell of it.
 * @throws Problem occupation.not_found; market.not_found when fewer than 5 advertisements are for the occupation
 */
export async function roleTemplate(ctx: Context<'market' | 'lexicon'>, input: RoleTemplate) {
  const { ecoId, locale, experienceLevel, includeDemand } = input;
  const ids = filedUnder(ctx.lexicon, ecoId);
  if (ids.length === 0)
    throw new Problem('occupation.not_found', [{ path: 'ecoId', message: 'is no occupation of our taxonomy' }]);
  const filters = { seniority: experienceLevel };
  const [path, at] = experienceLevel ? ['experienceLevel', ' at this level'] : ['ecoId', ''];
  const end = await ctx.market.lastPosted({ occupations: ids }, filters);
  if (end === null) throw noData(path, `no advertisement that names a skill is for this occupation${at}`);
  const pool = await ctx.market.asking(ids, { from: addDays(end, -windowDays), to: end }, filters);
  const { ads } = pool.coverage;
  if (ads < leastSupport) {
    const where = `of the 52 weeks up to ${end} are for this occupation${at}`;
    throw noData(path, `${ads} advertisements ${where}; at least ${leastSupport} are needed`);
  }
  const skills = skillsOf(ctx, pool, locale);
  const stated = pool.years.flatMap(({ years, rows }) => Array.from({ length: rows }, () => years));
  const years = quartilesOf(stated, leastSupport);
  const placed = pool.regions.reduce((sum, one) => sum + one.ads, 0);
  const certain = (count: number) => count / (count + halfConfidence);
  const emas = includeDemand
    ? await latestEmas(
        ctx,
        skills.required.map(({ skillId }) => skillId),
      )
    : [];
  const known = emas.filter((one) => one !== null);
  return {
    ecoId,
    locale,
    title: titleOf(ctx.lexicon, ecoId, locale) ?? ecoId,
    version: `${pool.coverage.to}.${ctx.lexicon.version.slice(0, 8)}`,
    experienceLevel: experienceLevel ?? null,
    requiredSkills: skills.required,
    preferredSkills: skills.preferred,
    yearsExperienceMin: years && tenth(years.p25),
    yearsExperienceMax: years && tenth(years.p75),
    years: years && { ...years, p25: tenth(years.p25), p50: tenth(years.p50), p75: tenth(years.p75) },
    prevalenceByRegion: regionsOf(pool, placed),
    confidence:
      Math.round((0.5 * certain(skills.asking) + 0.3 * certain(years?.count ?? 0) + 0.2 * certain(placed)) * 1e3) / 1e3,
    ...(includeDemand && {
      demandIndex: known.length === 0 ? null : tenth(known.reduce((sum, one) => sum + one, 0) / known.length),
    }),
    data: pool.coverage,
    generatedAt: ctx.now.toISOString(),
  };
}

function skillsOf(ctx: Context<'lexicon'>, { skills, coverage }: OccupationPool, locale: MarketLocale) {
  const recognizer = recognizerOf(ctx.lexicon);
  const ranked = skills
    .flatMap(({ id, required, preferred }) => {
      const skill = recognizer.skillById(id);
      const support = required + preferred;
      const share = support / coverage.ads;
      if (!skill || support < leastAsking || share < preferredShare) return [];
      const isRequired = share >= requiredShare && required >= preferred;
      const importance = Math.round(share * 1e3) / 1e3;
      return [
        {
          isRequired,
          told: { skillId: id, label: labelOf(skill, locale), importance, support, source: 'postings' as const },
        },
      ];
    })
    .sort((a, b) => b.told.support - a.told.support || (a.told.skillId < b.told.skillId ? -1 : 1));
  const ofKind = (wanted: boolean) =>
    ranked
      .filter(({ isRequired }) => isRequired === wanted)
      .map(({ told }) => told)
      .slice(0, mostSkills);
  // Whoever names the commonest skill has told of skills.
  return { required: ofKind(true), preferred: ofKind(false), asking: ranked[0]?.told.support ?? 0 };
}

/** Bands by share of the advertisements that name a region: the first, and any above .35, very high; above .2 high; above .1 moderate. */
function regionsOf({ regions }: OccupationPool, placed: number) {
  return regions
    .toSorted((a, b) => b.ads - a.ads || (a.region < b.region ? -1 : 1))
    .map(({ region, ads }, i) => {
      const share = ads / placed;
      const band = i === 0 || share > 0.35 ? 'very_high' : share > 0.2 ? 'high' : share > 0.1 ? 'moderate' : 'emerging';
      return {
        region,
        share: Math.round(share * 1e3) / 1e3,
        ads,
        band: band as 'very_high' | 'high' | 'moderate' | 'emerging',
      };
    })
    .slice(0, 60);
}

const tenth = (value: number) => Math.round(value * 10) / 10;
