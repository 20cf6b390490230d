import type { TenantDatabase } from '../platform/tenant-database.ts';

/** A title as it was written, and how often. */
export interface TitleUse {
  readonly title: string;
  /** Null for people's careers. */
  readonly source: string | null;
  /** People who held it, or advertisements. */
  readonly uses: number;
  /** The last day on which somebody is known to have held it, or it was posted. */
  readonly lastOn: string;
}

/** Written titles that are one role. */
export interface RoleTitles {
  readonly role: number;
  readonly titles: readonly string[];
}

export interface RoleSkill {
  readonly id: string;
  readonly people: number;
  readonly required: number;
  readonly preferred: number;
  /** The same, each advertisement weighing less with its age. */
  readonly requiredWeight: number;
  readonly preferredWeight: number;
}

/** What the people who hold a role now, and the advertisements for it, tell. */
export interface RoleEvidence {
  readonly role: number;
  readonly people: number;
  readonly ads: number;
  readonly adsWeight: number;
  readonly skills: readonly RoleSkill[];
  readonly years: readonly { readonly years: number | null; readonly level: string; readonly rows: number }[];
  readonly regions: readonly { readonly region: string; readonly ads: number }[];
}

/** Everything the tenant has: how many people and advertisements, and how many of them name each skill. */
export interface SkillShares {
  readonly count: number;
  readonly skills: ReadonlyMap<string, number>;
}

export interface TitleEvidence {
  /** Every title of a career or an advertisement with its uses, the commonest first; at most `limit`. */
  uses(limit: number): Promise<readonly TitleUse[]>;
  /** What is told of each role; an advertisement weighs exp(-`decayPerMonth` * its months before `now`). In the order given. */
  roles(roles: readonly RoleTitles[], decayPerMonth: number, now: Date): Promise<readonly RoleEvidence[]>;
  shares(): Promise<SkillShares>;
}

const skillsOfPerson = `jsonb_object_keys(d.facts -> 'skills')`;
/** The title a person goes by, else that of the job they wrote first. */
const currentTitle = `coalesce(c.profile ->> 'title', c.profile #>> '{experience,0,title}')`;

export function titleEvidenceOf(database: TenantDatabase): TitleEvidence {
  return {
    uses: (limit) =>
      database.transaction(async (s) => {
        const { rows } = await s.query<TitleUse>(
          `with held as (
             select c.candidate_id, c.profile ->> 'title' as title, c.updated_at::date as held_on
               from headhunter.candidates c where c.tenant_id = ${s.tenant}
             union all
             select c.candidate_id, job ->> 'title', least(c.updated_at::date, (rpad(job ->> 'end', 7, '-12') || '-01')::date)
               from headhunter.candidates c cross join lateral jsonb_array_elements(c.profile -> 'experience') as job
               where c.tenant_id = ${s.tenant})
           select title, null as source, count(distinct candidate_id)::int as uses, max(held_on)::text as "lastOn"
             from held where title is not null group by title
           union all
           select title, source, sum(ads)::int, max(posted_on)::text from headhunter.postings
             where tenant_id = ${s.tenant} and title <> '' group by title, source
           order by uses desc, title, source limit $1`,
          [limit],
        );
        return rows;
      }),
    roles: (roles, decayPerMonth, now) =>
      database.transaction(async (s) => {
        const pairs = roles.flatMap(({ role, titles }) => titles.map((title) => ({ role, title })));
        const wanted = `unnest($1::int[], $2::text[]) as w (role, title)`;
        const titles = [pairs.map(({ role }) => role), pairs.map(({ title }) => title)];
        const people = await s.query<Pick<RoleEvidence, 'role' | 'people'> & { skills: Named[] | null }>(
          `with held as materialized (select w.role, c.candidate_id from headhunter.candidates c join ${wanted} on w.title = ${currentTitle}
               where c.tenant_id = ${s.tenant}),
             skilled as (select h.role, k.id, count(*)::int as people from held h
               join headhunter.search_documents d on d.tenant_id = ${s.tenant} and d.candidate_id = h.candidate_id
               cross join lateral ${skillsOfPerson} as k (id) group by 1, 2)
           select * from (select role, count(*)::int as people from held group by 1) h
             left join ${byRole('skilled', 'skills')} using (role)`,
          titles,
        );
        const ads = await s.query<Pick<RoleEvidence, 'role' | 'ads' | 'adsWeight'> & Partial<AdsLists>>(
          `with posted as materialized (select w.role, p.ads, p.required, p.preferred, p.years, p.seniority, p.region,
                 p.ads * exp(-$3::float8 * greatest(0, $4::date - p.posted_on) / 30.44) as weight
               from headhunter.postings p join ${wanted} on w.title = p.title where p.tenant_id = ${s.tenant}),
             named as (select role, id, sum(required)::int as required, sum(preferred)::int as preferred,
                 sum(required * each)::float8 as "requiredWeight", sum(preferred * each)::float8 as "preferredWeight"
               from (select role, id, ads as required, 0 as preferred, weight / ads as each from posted, unnest(required) as id
                 union all select role, id, 0, ads, weight / ads from posted, unnest(preferred) as id) n group by role, id),
             asked as (select role, years, seniority as level, count(*)::int as rows from posted group by 1, 2, 3),
             placed as (select role, region, sum(ads)::int as ads from posted where region <> '' group by 1, 2)
           select * from (select role, sum(ads)::int as ads, sum(weight)::float8 as "adsWeight" from posted group by 1) p
             left join ${byRole('named', 'skills')} using (role) left join ${byRole('asked', 'years')} using (role)
             left join ${byRole('placed', 'regions')} using (role)`,
          [...titles, decayPerMonth, now],
        );
        const held = new Map(people.rows.map((row) => [row.role, row]));
        const posted = new Map(ads.rows.map((row) => [row.role, row]));
        return roles.map(({ role }) => {
          const [p, a] = [held.get(role), posted.get(role)];
          return {
            role,
            people: p?.people ?? 0,
            ads: a?.ads ?? 0,
            adsWeight: a?.adsWeight ?? 0,
            skills: joined(p?.skills ?? [], a?.skills ?? []),
            years: a?.years ?? [],
            regions: a?.regions ?? [],
          };
        });
      }),
    shares: () =>
      database.transaction(async (s) => {
        const { rows } = await s.query<{ id: string | null; n: number }>(
          `select id, sum(n)::int as n from (
             select k.id, count(*) as n from headhunter.search_documents d cross join lateral ${skillsOfPerson} as k (id)
               where d.tenant_id = ${s.tenant} group by 1
             union all
             select id, sum(p.ads) from headhunter.postings p, unnest(p.required || p.preferred) as id
               where p.tenant_id = ${s.tenant} group by 1
             union all select null, count(*) from headhunter.search_documents where tenant_id = ${s.tenant}
             union all select null, sum(ads) from headhunter.postings where tenant_id = ${s.tenant}) told
           group by id`,
        );
        const skills = new Map(rows.flatMap(({ id, n }) => (id === null ? [] : [[id, n] as const])));
        return { count: rows.find(({ id }) => id === null)?.n ?? 0, skills };
      }),
  };
}

type Named = Pick<RoleSkill, 'id' | 'people'>;
type AdsLists = Pick<RoleEvidence, 'years' | 'regions'> & { skills: readonly Omit<RoleSkill, 'people'>[] };

/** The rows of a query, gathered in one list for each role. */
const byRole = (rows: string, list: string) =>
  `(select role, json_agg(${rows}) as ${list} from ${rows} group by role) as ${list}_of_role`;

const untold = { people: 0, required: 0, preferred: 0, requiredWeight: 0, preferredWeight: 0 };

function joined(people: readonly Named[], ads: readonly Omit<RoleSkill, 'people'>[]): RoleSkill[] {
  const skills = new Map<string, RoleSkill>(ads.map((one) => [one.id, { ...untold, ...one }]));
  for (const one of people) skills.set(one.id, { ...untold, ...skills.get(one.id), ...one });
  return [...skills.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
