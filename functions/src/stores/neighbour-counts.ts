import { operatorTenant, TenantId } from '../contract/ids.ts';
import type { OperatorDatabase } from '../platform/postgres.ts';
import type { Neighbourhood } from './neighbourhoods.ts';

/** What an advertisement that names any skill says, as far as it is counted. */
export interface NamingAd {
  readonly postedOn: string;
  readonly source: string;
  readonly ads: number;
  readonly skills: readonly string[];
  readonly occupations: readonly string[];
}

/** How often the advertisements of a tenant and of the reference had changed when they were counted. */
export interface Revisions {
  readonly own: number;
  readonly shared: number;
}

/** Neighbourhoods as they are counted, over all tenants: for the operator only. */
export interface NeighbourCounts {
  /** Whose neighbourhoods are older than their advertisements or the reference's; the reference first, then who waits longest. */
  outdated(): Promise<TenantId[]>;
  /** 0 for who never had an advertisement. */
  revision(tenant: TenantId): Promise<number>;
  /** Whether more rows than so many name any skill. */
  exceeds(tenant: TenantId, rows: number): Promise<boolean>;
  /** All that name any skill, in pages. What is written meanwhile may be among them or not. */
  ads(tenant: TenantId): AsyncIterable<readonly NamingAd[]>;
  keep(tenant: TenantId, all: readonly Neighbourhood[]): Promise<void>;
  /** Ends a count: forgets what was kept of any other skill, and says what was counted, and when. */
  settle(tenant: TenantId, skillIds: readonly string[], counted: Revisions, now: Date): Promise<void>;
}

const pageRows = 5_000;

export function neighbourCountsOf(database: OperatorDatabase, reference: TenantId = operatorTenant): NeighbourCounts {
  return {
    async outdated() {
      const { rows } = await database.query<{ tenant: string }>(
        'select tenant_id as tenant from headhunter.neighbourhoods_outdated($1)',
        [reference],
      );
      return rows.map(({ tenant }) => TenantId.parse(tenant));
    },
    async revision(tenant) {
      const { rows } = await database.query<{ revision: string }>('select headhunter.market_revision($1) as revision', [
        tenant,
      ]);
      return Number(rows[0]?.revision ?? 0);
    },
    async exceeds(tenant, most) {
      const { rows } = await database.query<{ more: boolean }>('select headhunter.market_exceeds($1, $2) as more', [
        tenant,
        most,
      ]);
      return rows[0]?.more ?? false;
    },
    async *ads(tenant) {
      let after = '';
      for (;;) {
        const { rows } = await database.query<NamingAd & { hash: string }>(
          `select content_hash as hash, posted_on::text as "postedOn", source, ads, skills, occupations
           from headhunter.market_ads($1, $2, $3)`,
          [tenant, after, pageRows],
        );
        yield rows;
        const last = rows.at(-1);
        if (!last || rows.length < pageRows) return;
        after = last.hash;
      }
    },
    async keep(tenant, all) {
      const rows = all.map(({ skillId, coverage, named, skills, occupations }) => ({
        skill_id: skillId,
        own_rows: coverage.rows.own,
        shared_rows: coverage.rows.shared,
        ads: coverage.ads,
        first_on: coverage.from,
        last_on: coverage.to,
        sources: coverage.sources,
        named,
        skills,
        occupations,
      }));
      await database.query('select headhunter.neighbourhoods_keep($1, $2)', [tenant, JSON.stringify(rows)]);
    },
    async settle(tenant, skillIds, { own, shared }, now) {
      await database.query('select headhunter.neighbourhoods_settle($1, $2, $3, $4, $5)', [
        tenant,
        skillIds,
        own,
        shared,
        now,
      ]);
    },
  };
}
