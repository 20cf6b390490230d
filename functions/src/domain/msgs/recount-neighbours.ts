import { setImmediate } from 'node:timers/promises';
import { operatorTenant, type TenantId } from '../../contract/ids.ts';
import type { NeighbourCounts } from '../../stores/neighbour-counts.ts';
import type { Neighbourhood } from '../../stores/neighbourhoods.ts';
import { type AdTable, newNumberings, readAds } from './ad-table.ts';
import { neighbourhoods } from './neighbourhoods.ts';

/** Rows of one place that are held in memory at once. */
const mostAds = 300_000;
const keptAtOnce = 100;

export interface NeighbourRecount {
  readonly tenant: TenantId;
  /** Skills with a neighbourhood, also an empty one. */
  readonly skills: number;
  /** Why the tenant's neighbourhoods are still the old ones; null when they are new. */
  readonly left: string | null;
}

/**
 * Counts anew the neighbourhoods that are older than the advertisements they are of, a tenant at a time, until time is up. The
 * reference is read once for all. What fails for one tenant is told of it, and the others are counted.
 */
export async function* recountNeighbours(
  counts: NeighbourCounts,
  isTimeUp: () => boolean,
  now: Date,
  reference: TenantId = operatorTenant,
): AsyncGenerator<NeighbourRecount> {
  const numberings = newNumberings();
  const read = async (tenant: TenantId): Promise<Place> => {
    if (await counts.exceeds(tenant, mostAds)) throw new Error(`${tenant} has more than ${mostAds} advertisements`);
    // Asked before the rows are read: what changes meanwhile is counted again the next time.
    const revision = await counts.revision(tenant);
    return { revision, table: await readAds(counts.ads(tenant), numberings) };
  };
  let shared: Promise<Place> | undefined;
  const placeOf = (tenant: TenantId) => (tenant === reference ? (shared ??= read(tenant)) : read(tenant));
  const count = async (tenant: TenantId): Promise<number> => {
    if (isTimeUp()) throw new Error(timeIsUp);
    const others = tenant === reference ? [] : [await placeOf(reference)];
    const own = await placeOf(tenant);
    const tables = [own, ...others].map(({ table }) => table);
    const keep = (some: readonly Neighbourhood[]) => counts.keep(tenant, some);
    const skillIds = await keepAll(neighbourhoods(tables, numberings), keep, isTimeUp);
    await counts.settle(tenant, skillIds, { own: own.revision, shared: others[0]?.revision ?? 0 }, now);
    return skillIds.length;
  };
  for (const tenant of await counts.outdated())
    yield await count(tenant).then(
      (skills) => ({ tenant, skills, left: null }),
      ({ message }: Error) => ({ tenant, skills: 0, left: message }),
    );
}

interface Place {
  readonly revision: number;
  readonly table: AdTable;
}

const timeIsUp = 'time is up';

/** Keeps them some at a time, and lets others have the event loop; the ids of all of them. @throws Error when time is up */
async function keepAll(
  all: Iterable<Neighbourhood>,
  keep: (some: readonly Neighbourhood[]) => Promise<void>,
  isTimeUp: () => boolean,
): Promise<string[]> {
  const skillIds: string[] = [];
  let some: Neighbourhood[] = [];
  for (const one of all) {
    skillIds.push(one.skillId);
    some.push(one);
    if (some.length < keptAtOnce) continue;
    await keep(some);
    some = [];
    await setImmediate();
    if (isTimeUp()) throw new Error(timeIsUp);
  }
  if (some.length > 0) await keep(some);
  return skillIds;
}
