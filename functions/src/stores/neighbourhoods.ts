import type { TenantDatabase } from '../platform/tenant-database.ts';
import type { SkillPool, Together } from './market.ts';
import type { Reference } from './postings.ts';

/** What was counted around one skill: of skills and occupations the nearest only, best first. */
export interface Neighbourhood extends SkillPool {
  readonly skillId: string;
}

export interface KeptNeighbourhoods {
  /** Nobody is in it whom no advertisement named when they were counted. */
  readonly bySkill: ReadonlyMap<string, Neighbourhood>;
  /** When they were counted; null when nobody's ever were. */
  readonly countedAt: Date | null;
  /** No advertisement came or went since: they are what counting the rows would give. */
  readonly isCurrent: boolean;
}

/** Reads the neighbourhoods that were counted of the tenant's own advertisements and the reference's together. */
export interface Neighbourhoods {
  /** Until a tenant's own were first counted, the reference's alone. */
  of(skillIds: readonly string[]): Promise<KeptNeighbourhoods>;
}

export function neighbourhoodsOf(database: TenantDatabase, reference: Reference | undefined): Neighbourhoods {
  return {
    async of(skillIds) {
      const [own, shared] = await Promise.all([read(database, skillIds), reference && read(reference, skillIds)]);
      if (own.counted || !shared)
        return told(own, isUpToDate(own) && (own.counted?.shared ?? 0) === (shared?.revision ?? 0));
      return told({ ...shared, all: shared.all.map(asShared) }, own.revision === 0 && isUpToDate(shared));
    },
  };
}

interface Kept {
  /** 0 where there never was an advertisement. */
  readonly revision: number;
  readonly counted: { readonly own: number; readonly shared: number; readonly at: Date } | undefined;
  readonly all: readonly Neighbourhood[];
}

const isUpToDate = ({ revision, counted }: Kept): boolean => revision === (counted?.own ?? 0);

const told = ({ counted, all }: Kept, isCurrent: boolean): KeptNeighbourhoods => ({
  bySkill: new Map(all.map((one) => [one.skillId, one])),
  countedAt: counted?.at ?? null,
  isCurrent,
});

/** To another tenant, what is the reference's own is shared. */
const asShared = (one: Neighbourhood): Neighbourhood => ({
  ...one,
  coverage: { ...one.coverage, rows: { own: 0, shared: one.coverage.rows.own } },
});

interface Row {
  readonly revision: string;
  readonly countedOwn: string | null;
  readonly countedShared: string | null;
  readonly countedAt: Date | null;
  readonly skillId: string | null;
  readonly ownRows: number;
  readonly sharedRows: number;
  readonly ads: string;
  readonly from: string;
  readonly to: string;
  readonly sources: string[];
  readonly named: string;
  readonly skills: Together[];
  readonly occupations: Together[];
}

async function read(place: Reference, skillIds: readonly string[]): Promise<Kept> {
  const { rows } = await place.transaction((s) =>
    s.query<Row>(
      `select r.postings as revision, r.counted_own as "countedOwn", r.counted_shared as "countedShared", r.counted_at as "countedAt",
         n.skill_id as "skillId", n.own_rows as "ownRows", n.shared_rows as "sharedRows", n.ads, n.first_on::text as "from",
         n.last_on::text as "to", n.sources, n.named, n.skills, n.occupations
       from headhunter.market_revisions r left join headhunter.skill_neighbourhoods n
         on n.tenant_id = ${s.tenant} and n.skill_id = any($1) and r.counted_at is not null
       where r.tenant_id = ${s.tenant}`,
      [skillIds],
    ),
  );
  const [row] = rows;
  return {
    revision: Number(row?.revision ?? 0),
    counted: row?.countedAt
      ? { own: Number(row.countedOwn), shared: Number(row.countedShared), at: row.countedAt }
      : undefined,
    all: rows.flatMap((one) => (one.skillId === null ? [] : [neighbourhoodOf(one.skillId, one)])),
  };
}

const neighbourhoodOf = (skillId: string, row: Row): Neighbourhood => ({
  skillId,
  coverage: {
    rows: { own: row.ownRows, shared: row.sharedRows },
    ads: Number(row.ads),
    from: row.from,
    to: row.to,
    sources: row.sources,
  },
  named: Number(row.named),
  skills: row.skills,
  occupations: row.occupations,
});
