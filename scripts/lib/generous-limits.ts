import { registry } from '../../functions/src/endpoints/registry.ts';
import { routesOf } from '../../functions/src/projections/routes.ts';

/** Limits of a tenant whose calls are to be measured or tested without ever waiting for their turn. */
export const generousLimits = {
  callsPerSecond: 10_000,
  endpoints: Object.fromEntries(routesOf(registry).map(({ id }) => [id, 10_000])),
};
