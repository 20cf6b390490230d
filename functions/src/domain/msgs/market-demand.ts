import type { Context } from '../../context.ts';
import { type Measure, measures, mostSources } from '../../contract/posting.ts';
import type { WeekCount } from '../../stores/market.ts';
import { addDays, mondayOf, mondaysBetween } from './days.ts';
import { seriesOf } from './demand-series.ts';
import { facetsOf } from './filters.ts';
import { mannKendall } from './mann-kendall.ts';
import { noData } from './no-data.ts';
import { ema, zScores } from './series.ts';
import { labelOf, type MarketLocale, skillOfId } from './skill-named.ts';

/** A trend is told when chance alone would give one as strong in fewer than 1 of 20 series. */
export const significance = 0.05;

export interface MarketDemand {
  readonly skillId: string;
  readonly region?: string | undefined;
  readonly industry?: string | undefined;
  readonly windowWeeks: number;
  /** What is in more weeks of the window when left out; advertisements when both are in as many. */
  readonly measure?: Measure | undefined;
  /** Last day looked at; that of the data when left out. */
  readonly until?: string | undefined;
  readonly locale: MarketLocale;
}

/**
 * Demand for a skill by ISO week, the last week being that of the data's own last day. EMA (span 6), z-score and trend look at
 * complete weeks only; the trend is Mann-Kendall's at p < .05, from 8 weeks on.
 * @throws Problem skill.not_found; market.not_found, with the reason, when no week of the window tells anything of the skill
 */
export async function marketDemand(ctx: Context<'market' | 'lexicon'>, input: MarketDemand) {
  const { skillId, windowWeeks, measure, locale } = input;
  const skill = skillOfId(ctx.lexicon, skillId);
  const facets = facetsOf(ctx.lexicon, input);
  const ends = await ctx.market.lastDays();
  if (ends.posted === null && ends.observed === null)
    throw noData('skillId', 'nothing was imported yet; POST /v1/postings/import takes advertisements and counts');
  const asked = measure ? [measure] : measures;
  const all = await Promise.all(asked.map((one) => readSeries(ctx, one, ends[one], input, facets)));
  const known = all.filter((one) => one !== undefined);
  const telling = known.filter(({ series }) => series.points.some(({ postings }) => postings !== null && postings > 0));
  const weeksTold = ({ series }: (typeof known)[number]) =>
    series.points.filter(({ postings }) => postings !== null).length;
  const best = telling.reduce<(typeof telling)[number] | undefined>(
    (winner, one) => (winner && weeksTold(winner) >= weeksTold(one) ? winner : one),
    undefined,
  );
  if (!best) throw nothingTold(known[0], input);
  const { series, counts, end } = best;
  const compared = series.points.map((point) => point.compared);
  const averages = ema(compared);
  const scores = zScores(compared);
  const trend = mannKendall(compared.flatMap((value, at) => (value === null ? [] : [{ at, value }])));
  const rows = counts.filter((count) => count.skillId === skillId && count.measure === series.measure);
  return {
    skillId,
    label: labelOf(skill, locale),
    region: input.region ?? null,
    industry: facets.industry ?? null,
    windowWeeks,
    measure: series.measure,
    points: series.points.map((point, i) => ({
      ...point,
      ema: told(averages[i]),
      zScore: told(scores[i]),
    })),
    trend: !trend
      ? ('unknown' as const)
      : trend.pValue >= significance
        ? ('steady' as const)
        : trend.tau > 0
          ? ('rising' as const)
          : ('declining' as const),
    trendTest: trend && {
      weeks: compared.filter((value) => value !== null).length,
      tau: rounded(trend.tau),
      pValue: rounded(trend.pValue),
      slopePerWeek: rounded(trend.slope),
    },
    latestEma: told(averages.findLast((value) => value !== null)),
    data: {
      rows: {
        own: rows.reduce((sum, count) => sum + count.rows.own, 0),
        shared: rows.reduce((sum, count) => sum + count.rows.shared, 0),
      },
      from: rows.map(({ firstOn }) => firstOn).sort()[0] ?? end,
      to:
        rows
          .map(({ lastOn }) => lastOn)
          .sort()
          .at(-1) ?? end,
      sources: [...series.panel, ...series.leftOut].sort().slice(0, mostSources),
      sourcesNotCompared: series.leftOut.slice(0, mostSources),
    },
    generatedAt: ctx.now.toISOString(),
  };
}

/** Latest EMA of each skill over the 12 weeks up to the last advertisement; null where there are too few complete weeks. */
export async function latestEmas(ctx: Context<'market'>, skillIds: readonly string[]): Promise<(number | null)[]> {
  const { posted: end } = await ctx.market.lastDays();
  if (end === null) return skillIds.map(() => null);
  const { mondays, counts } = await readWeeks(ctx, end, skillIds, 12, {});
  return skillIds.map((skillId) => {
    const { points } = seriesOf('posted', skillId, mondays, counts, end);
    const averages = ema(points.map((point) => point.compared));
    return averages.findLast((value) => value !== null) ?? null;
  });
}

type Facets = Parameters<Context<'market'>['market']['weeks']>[2];

async function readSeries(
  ctx: Context<'market'>,
  measure: Measure,
  end: string | null,
  { skillId, windowWeeks, until }: MarketDemand,
  facets: Facets,
) {
  if (end === null) return undefined;
  const last = until !== undefined && until < end ? until : end;
  const { mondays, counts } = await readWeeks(ctx, last, [skillId], windowWeeks, facets);
  const series = seriesOf(measure, skillId, mondays, counts, end);
  return { series, end: last, counts: counts.filter(({ week }) => week >= (mondays[0] ?? week)) };
}

/** One week more than is told, to see whether the first of them is whole. */
async function readWeeks(
  ctx: Context<'market'>,
  end: string,
  skillIds: readonly string[],
  weeks: number,
  facets: Facets,
) {
  const last = mondayOf(end);
  const first = addDays(last, -7 * (weeks - 1));
  const counts: WeekCount[] = await ctx.market.weeks(
    skillIds,
    { from: addDays(first, -7), to: addDays(last, 6) },
    facets,
  );
  return { mondays: mondaysBetween(first, last), counts };
}

function nothingTold(posted: Awaited<ReturnType<typeof readSeries>>, { windowWeeks, region, industry }: MarketDemand) {
  const weeks = `of the ${windowWeeks} weeks up to ${posted?.end ?? 'the last count'}`;
  if (posted && posted.series.outOf > 0)
    return noData('skillId', `none of ${posted.series.outOf} advertisements ${weeks} names the skill`);
  const path = region === undefined ? (industry === undefined ? 'skillId' : 'industry') : 'region';
  return noData(path, `nothing ${weeks} is under these filters`);
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
const told = (value: number | null | undefined) => (value == null ? null : rounded(value));
