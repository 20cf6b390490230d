import type { Context } from '../../context.ts';
import type { Together } from '../../stores/market.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { addDays, daysBetween } from './days.ts';
import { type AskedFilters, facetsOf } from './filters.ts';
import { leastSupport, noData, windowDays } from './no-data.ts';
import { titleOf } from './occupation.ts';
import { decay, pmi } from './pmi.ts';
import { labelOf, type MarketLocale, skillOfId } from './skill-named.ts';

/** Bits, after decay; below, two skills are hardly nearer than chance. */
export const leastScore = 0.1;
const mostRoles = 10;

export interface ExpandSkill {
  readonly skillId: string;
  readonly topK: number;
  readonly filters: AskedFilters;
  readonly includeRelatedRoles: boolean;
  readonly locale: MarketLocale;
}

/**
 * Skills that advertisements name together with one, by PMI times decay, best first, ties by support and id. Counted are
 * advertisements under the filters that name any skill, in the 52 weeks up to the last one that names this skill; from that
 * day recency counts too, so that older data are told with their own dates and not as nothing.
 * @throws Problem skill.not_found; market.not_found when fewer than 5 advertisements under the filters name the skill
 */
export async function expandSkill(ctx: Context<'market' | 'lexicon'>, input: ExpandSkill) {
  const { skillId, topK, filters, includeRelatedRoles, locale } = input;
  const seed = skillOfId(ctx.lexicon, skillId);
  const facets = facetsOf(ctx.lexicon, filters, 'filters.');
  const end = await ctx.market.lastPosted({ skillId }, facets);
  if (end === null) throw noData('skillId', 'is named in no advertisement under these filters');
  const days = { from: addDays(end, -windowDays), to: end };
  const { coverage, skills, occupations } = await ctx.market.around(skillId, days, facets, includeRelatedRoles);
  const named = skills.find(({ id }) => id === skillId)?.ads ?? 0;
  if (named < leastSupport) {
    const where = `of ${coverage.ads} advertisements under these filters, in 52 weeks up to ${end}`;
    throw noData('skillId', `is named in ${named} ${where}; at least ${leastSupport} are needed`);
  }
  const near = (all: readonly Together[]) =>
    all
      .filter(({ id, joint }) => id !== skillId && joint >= leastSupport)
      .map(({ id, ads, joint, lastOn, sources }) => {
        const recencyDays = daysBetween(lastOn ?? end, end);
        const score = Math.max(0, pmi(joint, named, ads, coverage.ads) * decay(recencyDays));
        return { id, score: Math.round(score * 1e4) / 1e4, support: joint, recencyDays, sources };
      })
      .filter(({ score }) => score >= leastScore)
      .sort((a, b) => b.score - a.score || b.support - a.support || (a.id < b.id ? -1 : 1));
  const recognizer = recognizerOf(ctx.lexicon);
  const adjacent = near(skills).flatMap(({ id, ...rest }) => {
    const skill = recognizer.skillById(id);
    // A taxonomy that has dropped a skill since the import has no name for it.
    return skill ? [{ skillId: id, label: labelOf(skill, locale), ...rest }] : [];
  });
  return {
    seedSkill: { skillId, label: labelOf(seed, locale), support: named },
    adjacent: adjacent.slice(0, topK),
    ...(includeRelatedRoles && {
      relatedRoles: near(occupations)
        .slice(0, mostRoles)
        .map(({ id, ...rest }) => ({ ecoId: id, title: titleOf(ctx.lexicon, id, locale) ?? id, ...rest })),
    }),
    data: coverage,
    generatedAt: ctx.now.toISOString(),
  };
}
