import { type Measure, mostSources } from '../contract/posting.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';
import { grouped, latest, mergeCoverage, mergeTogether, mergeWeeks, type RawCoverage } from './market-sums.ts';
import type { Reference } from './postings.ts';

/** Which advertisements count; a facet that is left out is not looked at. */
export interface MarketFilters {
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly industry?: string | undefined;
  readonly seniority?: string | undefined;
}

/** Days as `2023-12-13`, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** What an answer was computed from. */
export interface Coverage {
  /** Rows of the tenant's own, and of the reference that every tenant reads. */
  readonly rows: { readonly own: number; readonly shared: number };
  readonly ads: number;
  /** First and last day; null without rows. */
  readonly from: string | null;
  readonly to: string | null;
  /** In alphabetical order, at most 50. */
  readonly sources: readonly string[];
}

export interface Together {
  readonly id: string;
  /** Advertisements that name it. */
  readonly ads: number;
  /** Those of them that name the seed too, when the last of them was posted, and where they were found. */
  readonly joint: number;
  readonly lastOn: string | null;
  readonly sources: readonly string[];
}

export interface SkillPool {
  readonly coverage: Coverage;
  /** Advertisements that name the skill itself. */
  readonly named: number;
  readonly skills: readonly Together[];
  readonly occupations: readonly Together[];
}

export interface OccupationPool {
  readonly coverage: Coverage;
  readonly skills: readonly { readonly id: string; readonly required: number; readonly preferred: number }[];
  /** Advertisements by region, those without one left out. */
  readonly regions: readonly { readonly region: string; readonly ads: number }[];
  /** Rows by the years they ask for. */
  readonly years: readonly { readonly years: number; readonly rows: number }[];
}

/** What one source says of one skill in one week; `skillId` '' stands for all its advertisements. */
export interface WeekCount {
  readonly measure: Measure;
  readonly skillId: string;
  /** The Monday. */
  readonly week: string;
  readonly source: string;
  /** Under the filters; null when nothing under them was counted. */
  readonly amount: number | null;
  readonly rows: { readonly own: number; readonly shared: number };
  readonly firstOn: string;
  readonly lastOn: string;
}

export type Subject = { readonly skillId: string } | { readonly occupations: readonly string[] };

/** Reads the market: what the tenant loaded together with the reference that everybody reads. */
export interface Market {
  /** The last day on which an advertisement named the skill, or was for one of the occupations; null when none was. */
  lastPosted(of: Subject, filters: MarketFilters): Promise<string | null>;
  /** The last day of each measure that counts by week have. */
  lastDays(): Promise<Readonly<Record<Measure, string | null>>>;
  /**
   * Who is named with the skill, and how often each is named at all, in advertisements of these days that name any skill;
   * occupations too when wanted.
   */
  around(skillId: string, days: Days, filters: MarketFilters, withOccupations: boolean): Promise<SkillPool>;
  /** What advertisements for any of these occupations ask for, those that name no skill left out. */
  asking(occupations: readonly string[], days: Days, filters: MarketFilters): Promise<OccupationPool>;
  /** Counts by week of these skills, and of all advertisements that name any; by measure, skill, week and source. */
  weeks(skillIds: readonly string[], days: Days, filters: MarketFilters): Promise<WeekCount[]>;
}

const facets = ['country', 'region', 'industry', 'seniority'] as const;

/** Conditions on the facets given, whose values stand from `$first` on. */
function under(filters: MarketFilters, first: number): { condition: string; values: string[] } {
  const given = facets.filter((facet) => filters[facet] !== undefined);
  return {
    condition: given.map((facet, i) => ` and ${facet} = $${first + i}`).join(''),
    values: given.map((facet) => filters[facet] ?? ''),
  };
}

const coverageOf = (
  pool: string,
) => `(select json_build_object('rows', coalesce(sum(n), 0), 'ads', coalesce(sum(ads), 0),
    'from', min(first_on), 'to', max(last_on), 'sources', (array_agg(source order by source))[1:${mostSources}])
  from (select source, count(*) as n, sum(ads) as ads, min(posted_on) as first_on, max(posted_on) as last_on
    from ${pool} group by source) by_source) as coverage`;

export function marketOf(database: TenantDatabase, reference: Reference | undefined): Market {
  const places = [database, ...(reference ? [reference] : [])];
  /** The same statement of the tenant's own rows and of the reference's; one after the other, to hold one connection. */
  async function everywhere<Row>(statement: (tenant: string) => string, values: readonly unknown[]): Promise<Row[][]> {
    const answers: Row[][] = [];
    for (const place of places) {
      const { rows } = await place.transaction((s) => s.query<Row>(statement(s.tenant), values));
      answers.push(rows);
    }
    return answers;
  }
  return {
    async lastPosted(of, filters) {
      const { condition, values } = under(filters, 2);
      const [named, subject] =
        'skillId' in of
          ? ['$1 = any(required || preferred)', of.skillId]
          : ["occupations && $1::text[] and (required <> '{}' or preferred <> '{}')", of.occupations];
      const answers = await everywhere<{ day: string }>(
        (tenant) => `select posted_on::text as day from headhunter.postings
          where tenant_id = ${tenant} and ${named}${condition} order by posted_on desc limit 1`,
        [subject, ...values],
      );
      return latest(answers.flat().map(({ day }) => day));
    },
    async lastDays() {
      const answers = await everywhere<Record<Measure, string | null>>(
        (tenant) => `select (select max(last_on)::text from headhunter.skill_weeks
            where tenant_id = ${tenant} and measure = 'posted' and skill_id = '') as posted,
          (select max(last_on)::text from headhunter.skill_weeks where tenant_id = ${tenant} and measure = 'observed') as observed`,
        [],
      );
      const all = answers.flat();
      return { posted: latest(all.map((row) => row.posted)), observed: latest(all.map((row) => row.observed)) };
    },
    async around(skillId, { from, to }, filters, withOccupations) {
      const { condition, values } = under(filters, 4);
      // One pass over all mentions, by source; then by what is mentioned. The rows are read twice rather than kept, and
      // `offset 0` has what an advertisement says worked out once and not for each of its mentions.
      const together = (column: string) => `(select coalesce(json_agg(t), '[]') from (
        select id, sum(ads) as ads, coalesce(sum(joint), 0) as joint, max(last_on) as "lastOn",
          coalesce((array_agg(source order by source) filter (where joint > 0))[1:${mostSources}], '{}') as sources
        from (
          select id, source, sum(ads) as ads, sum(ads) filter (where seeded) as joint, max(posted_on) filter (where seeded) as last_on
          from pool, unnest(${column}) as id group by id, source) m
        group by id) t)`;
      const answers = await everywhere<{ coverage: RawCoverage; skills: Together[]; occupations: Together[] }>(
        (tenant) => `with pool as not materialized (
            select posted_on, source, ads, required || preferred as skills, occupations, $1 = any(required || preferred) as seeded
            from headhunter.postings
            where tenant_id = ${tenant} and posted_on between $2 and $3
              and (required <> '{}' or preferred <> '{}')${condition} offset 0)
          select ${coverageOf('pool')}, ${together('skills')} as skills,
            ${withOccupations ? together('occupations') : "'[]'::json"} as occupations`,
        [skillId, from, to, ...values],
      );
      const all = answers.flat();
      const skills = mergeTogether(all.flatMap((one) => one.skills));
      return {
        coverage: mergeCoverage(all.map((one) => one.coverage)),
        named: skills.find(({ id }) => id === skillId)?.ads ?? 0,
        skills,
        occupations: mergeTogether(all.flatMap((one) => one.occupations)),
      };
    },
    async asking(occupations, { from, to }, filters) {
      const { condition, values } = under(filters, 4);
      const answers = await everywhere<OccupationPool & { coverage: RawCoverage }>(
        (tenant) => `with pool as materialized (
            select posted_on, source, ads, region, required, preferred, years from headhunter.postings
            where tenant_id = ${tenant} and occupations && $1::text[] and posted_on between $2 and $3
              and (required <> '{}' or preferred <> '{}')${condition}),
          asked as (select id, ads as required, 0 as preferred from pool, unnest(required) as id
            union all select id, 0, ads from pool, unnest(preferred) as id)
          select ${coverageOf('pool')},
            (select coalesce(json_agg(t), '[]') from (select id, sum(required) as required, sum(preferred) as preferred from asked group by id) t) as skills,
            (select coalesce(json_agg(t), '[]') from (select region, sum(ads) as ads from pool where region <> '' group by region) t) as regions,
            (select coalesce(json_agg(t), '[]') from (select years, count(*) as rows from pool where years is not null group by years) t) as years`,
        [occupations, from, to, ...values],
      );
      const all = answers.flat();
      const sum = (a: number | undefined, b: number) => (a ?? 0) + b;
      const skills = grouped(
        all.flatMap((one) => one.skills),
        ({ id }) => id,
        (known, one) => ({
          id: one.id,
          required: sum(known?.required, one.required),
          preferred: sum(known?.preferred, one.preferred),
        }),
      );
      const regions = grouped(
        all.flatMap((one) => one.regions),
        ({ region }) => region,
        (known, one) => ({ region: one.region, ads: sum(known?.ads, one.ads) }),
      );
      const years = grouped(
        all.flatMap((one) => one.years),
        (one) => String(one.years),
        (known, one) => ({ years: one.years, rows: sum(known?.rows, one.rows) }),
      );
      return { coverage: mergeCoverage(all.map((one) => one.coverage)), skills, regions, years };
    },
    async weeks(skillIds, { from, to }, filters) {
      const { condition, values } = under(filters, 4);
      const answers = await everywhere<Omit<WeekCount, 'rows'> & { rows: number }>(
        (tenant) => `select measure, skill_id as "skillId", week_start::text as week, source,
            (sum(amount) filter (where true${condition}))::float8 as amount,
            coalesce(sum(row_count) filter (where true${condition}), 0)::int as rows,
            min(first_on)::text as "firstOn", max(last_on)::text as "lastOn"
          from headhunter.skill_weeks
          where tenant_id = ${tenant} and skill_id = any($1) and week_start between $2::date - 6 and $3
          group by 1, 2, 3, 4`,
        [[...skillIds, ''], from, to, ...values],
      );
      const marked = answers.flatMap((rows, i) =>
        rows.map(
          (row): WeekCount => ({ ...row, rows: { own: i === 0 ? row.rows : 0, shared: i === 0 ? 0 : row.rows } }),
        ),
      );
      const keyOf = ({ measure, skillId, week, source }: WeekCount) => [measure, skillId, week, source].join('\n');
      return grouped(marked, keyOf, (known, one) => (known ? mergeWeeks(known, one) : one)).sort((a, b) =>
        keyOf(a) < keyOf(b) ? -1 : 1,
      );
    },
  };
}
