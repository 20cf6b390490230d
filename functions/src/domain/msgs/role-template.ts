import type { Context } from '../../context.ts';
import type { Seniority } from '../../contract/candidate.ts';
import { Problem } from '../../contract/errors.ts';
import type { EcoId } from '../../contract/ids.ts';
import type { OccupationPool } from '../../stores/market.ts';
import { type StatedTemplate, templateOf } from '../eco/template.ts';
import { addDays } from './days.ts';
import { latestEmas } from './market-demand.ts';
import { leastSupport, noData, windowDays } from './no-data.ts';
import { filedUnder, titleOf } from './occupation.ts';
import { quartilesOf } from './quartiles.ts';
import { regionBands } from './region-bands.ts';
import type { MarketLocale } from './skill-named.ts';
import { templateConfidence } from './template-confidence.ts';
import { type TemplateSkill, templateSkills } from './template-skills.ts';

export interface RoleTemplate {
  readonly ecoId: EcoId;
  readonly locale: MarketLocale;
  readonly experienceLevel?: Seniority | undefined;
  readonly includeDemand: boolean;
}

/**
 * What a role asks for: by advertisements that name any skill, in the 52 weeks up to the last of them, and by the taxonomy or,
 * in its place, the tenant's own template. Years are what the tenant says, else the quartiles of the fewest years
 * asked for, without outliers, from 5 advertisements that say any. Confidence is that of the advertisements: .5 c(skills) +
 * .3 c(years) + .2 c(region), where c(n) = n / (n + 10) for n that tell of it.
 * @throws Problem occupation.not_found; market.not_found when fewer than 5 advertisements are for the occupation and nobody states what it asks for
 */
export async function roleTemplate(
  ctx: Context<'market' | 'lexicon' | 'taxonomy' | 'occupationOverrides'>,
  input: RoleTemplate,
) {
  const { ecoId, locale, experienceLevel, includeDemand } = input;
  const ids = filedUnder(ctx.lexicon, ecoId);
  if (ids.length === 0)
    throw new Problem('occupation.not_found', [{ path: 'ecoId', message: 'is no occupation of our taxonomy' }]);
  const [asked, override] = await Promise.all([
    postingsFor(ctx, ids, experienceLevel),
    ctx.occupationOverrides.findById(ecoId),
  ]);
  const stated = await templateOf(ctx.taxonomy, ecoId, override?.template ?? null);
  if (asked instanceof Problem && !stated) throw asked;
  const pool = asked instanceof Problem ? undefined : asked;
  const { required, preferred } = templateSkills(ctx.lexicon, { pool, stated }, locale);
  const years = pool ? yearsIn(pool) : null;
  const taxonomyVersion = ctx.taxonomy.manifest.version;
  return {
    ecoId,
    locale,
    title: titleOf(ctx.lexicon, ecoId, locale) ?? ecoId,
    version: `${pool?.coverage.to ?? 'no-postings'}.${ctx.lexicon.version.slice(0, 8)}.${taxonomyVersion.slice(0, 8)}`,
    experienceLevel: experienceLevel ?? null,
    requiredSkills: required,
    preferredSkills: preferred,
    ...yearsExperience(stated, years),
    years,
    prevalenceByRegion: pool ? regionBands(pool.regions) : [],
    confidence: pool ? confidenceOf(pool, [...required, ...preferred], years?.count ?? 0) : 0,
    ...(includeDemand && { demandIndex: await demandFor(ctx, required) }),
    data: {
      postings: pool?.coverage ?? null,
      stated: stated
        ? { source: stated.source, from: stated.from, confidence: stated.confidence, taxonomyVersion }
        : null,
    },
    generatedAt: ctx.now.toISOString(),
  };
}

/** What advertisements for an occupation ask for, or why there are too few of them. */
async function postingsFor(
  ctx: Context<'market'>,
  occupations: string[],
  level: Seniority | undefined,
): Promise<OccupationPool | Problem> {
  const filters = { seniority: level };
  const [path, at] = level ? ['experienceLevel', ' at this level'] : ['ecoId', ''];
  const silent = 'and the taxonomy does not say what it asks for';
  const end = await ctx.market.lastPosted({ occupations }, filters);
  if (end === null) return noData(path, `no advertisement that names a skill is for this occupation${at}, ${silent}`);
  const pool = await ctx.market.asking(occupations, { from: addDays(end, -windowDays), to: end }, filters);
  const { ads } = pool.coverage;
  if (ads >= leastSupport) return pool;
  const where = `of the 52 weeks up to ${end} are for this occupation${at}`;
  return noData(path, `${ads} advertisements ${where}; at least ${leastSupport} are needed, ${silent}`);
}

function yearsIn({ years: stated }: OccupationPool) {
  const years = quartilesOf(
    stated.flatMap(({ years, rows }) => Array.from({ length: rows }, () => years)),
    leastSupport,
  );
  return years && { p25: tenth(years.p25), p50: tenth(years.p50), p75: tenth(years.p75), count: years.count };
}

// Both from one source: the least of one and the most of another could run backwards.
function yearsExperience(stated: StatedTemplate | undefined, years: ReturnType<typeof yearsIn>) {
  const { min, max } = stated?.years ?? {};
  return min === undefined && max === undefined
    ? { yearsExperienceMin: years?.p25 ?? null, yearsExperienceMax: years?.p75 ?? null }
    : { yearsExperienceMin: min ?? null, yearsExperienceMax: max ?? null };
}

function confidenceOf({ regions }: OccupationPool, skills: readonly TemplateSkill[], telling: number): number {
  // Whoever names the commonest skill has told of skills.
  const naming = Math.max(0, ...skills.map(({ support }) => support ?? 0));
  const placed = regions.reduce((sum, { ads }) => sum + ads, 0);
  return templateConfidence({ skills: naming, years: telling, regions: placed });
}

async function demandFor(ctx: Context<'market'>, skills: readonly TemplateSkill[]): Promise<number | null> {
  const asked = skills.flatMap(({ skillId, support }) => (skillId === null || support === null ? [] : [skillId]));
  const known = (await latestEmas(ctx, asked)).filter((one) => one !== null);
  return known.length === 0 ? null : tenth(known.reduce((sum, one) => sum + one, 0) / known.length);
}

const tenth = (value: number) => Math.round(value * 10) / 10;
