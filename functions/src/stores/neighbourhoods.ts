import type { TenantDatabase } from '../platform/tenant-database.ts';
import type { SkillPool } from './market.ts';

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

type Place = Pick<TenantDatabase, 'call'>;

export function neighbourhoodsOf(database: Place, reference: Place | undefined): Neighbourhoods {
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
  readonly counted_own: string | null;
  readonly counted_shared: string | null;
  readonly counted_at: Date | null;
  readonly skill_id: string | null;
  readonly kept: SkillPool;
}

async function read(place: Place, skillIds: readonly string[]): Promise<Kept> {
  const { rows } = await place.call<Row>('headhunter.neighbourhoods_of(s.tenant, $1)', [skillIds]);
  const [row] = rows;
  return {
    revision: Number(row?.revision ?? 0),
    counted: row?.counted_at
      ? { own: Number(row.counted_own), shared: Number(row.counted_shared), at: row.counted_at }
      : undefined,
    all: rows.flatMap(({ skill_id: skillId, kept }) => (skillId === null ? [] : [{ skillId, ...kept }])),
  };
}
