import type { Context } from '../../context.ts';
import type { MarketFilters, SkillPool } from '../../stores/market.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { addDays } from './days.ts';
import { type AskedFilters, facetsOf } from './filters.ts';
import { nearest } from './nearest.ts';
import { leastSupport, noData, windowDays } from './no-data.ts';
import { titleOf } from './occupation.ts';
import { labelOf, type MarketLocale, skillOfId } from './skill-named.ts';

const mostRoles = 10;

export interface ExpandSkill {
  readonly skillId: string;
  readonly topK: number;
  readonly filters: AskedFilters;
  readonly includeRelatedRoles: boolean;
  readonly locale: MarketLocale;
}

type ExpandContext = Pick<
  Context<'market' | 'neighbourhoods' | 'lexicon'>,
  'market' | 'neighbourhoods' | 'lexicon' | 'now'
>;

/**
 * Skills that advertisements name together with one, by PMI times decay, best first, ties by support and id. Counted are
 * advertisements under the filters that name any skill, in the 52 weeks up to the last one that names this skill; from that
 * day recency counts too, so that older data are told with their own dates and not as nothing. Without filters the answer is
 * that of the last recount for as long as no advertisement has come or gone since; else the rows are counted.
 * @throws Problem skill.not_found; market.not_found when fewer than 5 advertisements under the filters name the skill
 */
export async function expandSkill(ctx: ExpandContext, input: ExpandSkill) {
  const { skillId, topK, filters, includeRelatedRoles, locale } = input;
  const skill = skillOfId(ctx.lexicon, skillId);
  const facets = facetsOf(ctx.lexicon, filters, 'filters.');
  const kept = await keptOf(ctx, skillId, facets);
  const counted = kept === undefined ? await countedOf(ctx, input, facets) : kept;
  if (!counted) throw noData('skillId', 'is named in no advertisement under these filters');
  const { pool, end, countedAt } = counted;
  const { coverage, named } = pool;
  if (named < leastSupport) {
    const where = `of ${coverage.ads} advertisements under these filters, in 52 weeks up to ${end}`;
    throw noData('skillId', `is named in ${named} ${where}; at least ${leastSupport} are needed`);
  }
  const seed = { id: skillId, named, outOf: coverage.ads, end };
  const recognizer = recognizerOf(ctx.lexicon);
  const adjacent = nearest(seed, pool.skills).flatMap(({ id, score, joint: support, recencyDays, sources }) => {
    const near = recognizer.skillById(id);
    // A taxonomy that has dropped a skill since the import has no name for it.
    return near ? [{ skillId: id, label: labelOf(near, locale), score, support, recencyDays, sources }] : [];
  });
  const roles = nearest(seed, pool.occupations).map(({ id, score, joint: support, recencyDays, sources }) => ({
    ecoId: id,
    title: titleOf(ctx.lexicon, id, locale) ?? id,
    score,
    support,
    recencyDays,
    sources,
  }));
  return {
    seedSkill: { skillId, label: labelOf(skill, locale), support: named },
    adjacent: adjacent.slice(0, topK),
    ...(includeRelatedRoles && { relatedRoles: roles.slice(0, mostRoles) }),
    data: coverage,
    countedAt: countedAt.toISOString(),
    generatedAt: ctx.now.toISOString(),
  };
}

interface Counted {
  readonly pool: SkillPool;
  /** The last day on which an advertisement named the skill. */
  readonly end: string;
  readonly countedAt: Date;
}

/** What the last recount kept; undefined under filters and when it is out of date, null when nobody names the skill. */
async function keptOf(
  ctx: Pick<ExpandContext, 'neighbourhoods'>,
  skillId: string,
  facets: MarketFilters,
): Promise<Counted | null | undefined> {
  if (Object.keys(facets).length > 0) return undefined;
  const { bySkill, isCurrent, countedAt } = await ctx.neighbourhoods.of([skillId]);
  if (!isCurrent) return undefined;
  const pool = bySkill.get(skillId);
  return pool?.coverage.to && countedAt ? { pool, end: pool.coverage.to, countedAt } : null;
}

async function countedOf(
  ctx: Pick<ExpandContext, 'market' | 'now'>,
  { skillId, includeRelatedRoles }: ExpandSkill,
  facets: MarketFilters,
): Promise<Counted | null> {
  const end = await ctx.market.lastPosted({ skillId }, facets);
  if (end === null) return null;
  const days = { from: addDays(end, -windowDays), to: end };
  return {
    pool: await ctx.market.around(skillId, days, facets, includeRelatedRoles),
    end,
    countedAt: ctx.now,
  };
}
