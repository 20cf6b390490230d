import { setImmediate } from 'node:timers/promises';
import { operatorTenant, type TenantId } from '../../contract/ids.ts';
import type { NeighbourCounts } from '../../stores/neighbour-counts.ts';
import type { Neighbourhood } from '../../stores/neighbourhoods.ts';
import { newNumberings, readAds } from './ad-table.ts';
import { neighbourhoods } from './neighbourhoods.ts';

/** Rows of one place that are counted at once, about 400 bytes of memory each. */
const mostAds = 300_000;
const keptAtOnce = 100;

export interface NeighbourRecount {
  readonly tenant: TenantId;
  /** Skills with a neighbourhood, also an empty one. */
  readonly skills: number;
  /** Why the tenant's neighbourhoods are still the old ones; null when they are new. */
  readonly left: 'time is up' | 'too many advertisements' | null;
}

/**
 * Counts anew the neighbourhoods that are older than the advertisements they are of, a tenant at a time, until time is up. The
 * reference is read once for all.
 */
export async function* recountNeighbours(
  counts: NeighbourCounts,
  isTimeUp: () => boolean,
  now: Date,
  reference: TenantId = operatorTenant,
): AsyncGenerator<NeighbourRecount> {
  const numberings = newNumberings();
  const read = async (tenant: TenantId) => {
    // Asked before the rows are read: what changes meanwhile is counted again the next time.
    const revision = await counts.revision(tenant);
    return { revision, table: await readAds(counts.ads(tenant), numberings, mostAds) };
  };
  let shared: Awaited<ReturnType<typeof read>> | undefined;
  for (const tenant of await counts.outdated()) {
    if (isTimeUp()) {
      yield { tenant, skills: 0, left: 'time is up' };
      continue;
    }
    const own = await read(tenant);
    if (tenant !== reference) shared ??= await read(reference);
    const places = tenant === reference || !shared ? [own] : [own, shared];
    const tables = places.map(({ table }) => table).filter((table) => table !== undefined);
    if (tables.length < places.length) {
      yield { tenant, skills: 0, left: 'too many advertisements' };
      continue;
    }
    const skillIds = await keepAll(neighbourhoods(tables, numberings), (some) => counts.keep(tenant, some), isTimeUp);
    if (!skillIds) {
      yield { tenant, skills: 0, left: 'time is up' };
      continue;
    }
    const revisions = { own: own.revision, shared: places[1]?.revision ?? 0 };
    await counts.settle(tenant, skillIds, revisions, now);
    yield { tenant, skills: skillIds.length, left: null };
  }
}

/** Keeps them some at a time, and lets others have the event loop; the ids of all of them, or undefined when time was up. */
async function keepAll(
  all: Iterable<Neighbourhood>,
  keep: (some: readonly Neighbourhood[]) => Promise<void>,
  isTimeUp: () => boolean,
): Promise<string[] | undefined> {
  const skillIds: string[] = [];
  let some: Neighbourhood[] = [];
  for (const one of all) {
    skillIds.push(one.skillId);
    some.push(one);
    if (some.length < keptAtOnce) continue;
    await keep(some);
    some = [];
    await setImmediate();
    if (isTimeUp()) return undefined;
  }
  if (some.length > 0) await keep(some);
  return skillIds;
}
