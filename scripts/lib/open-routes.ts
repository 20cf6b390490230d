import { publicRegistry } from '../../functions/src/endpoints/registry.ts';
import type { OpenRoute } from '../../functions/src/projections/gateway.ts';
import { publicEndpointsOf, publicRoutesOf } from '../../functions/src/projections/routes.ts';

const summaries = new Map<string, string>(publicEndpointsOf(publicRegistry).map(({ id, summary }) => [id, summary]));

/** What the gateway lets through without a credential: everything of the public registry. */
export const openRoutes: readonly OpenRoute[] = publicRoutesOf(publicRegistry).map((route) => ({
  ...route,
  summary: summaries.get(route.id) ?? route.id,
}));
