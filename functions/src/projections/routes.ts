import type { AnyEndpoint } from '../contract/endpoint.ts';
import type { AnyPublicEndpoint } from '../contract/public-endpoint.ts';

/** Endpoints by service and verb, as `endpoints/registry.ts` holds them. */
export type Services = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Where an endpoint is found: `path` with parameters as `{candidateId}`, `name` the deployed function behind it. */
export interface RouteEntry {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly name: string;
  /** The names in the path, in its order. */
  readonly params: readonly string[];
  readonly timeoutSeconds: number;
  /** Whether a call may change anything, and so takes an Idempotency-Key. */
  readonly writes: boolean;
}

/** All endpoints in the registry's order. @throws Error when one is filed under another name than its id */
export function endpointsOf(services: Services): AnyEndpoint[] {
  return Object.entries(services).flatMap(([service, verbs]) =>
    Object.entries(verbs).map(([verb, value]) => {
      const endpoint = value as AnyEndpoint;
      if (endpoint.id !== `${service}.${verb}`) throw new Error(`${endpoint.id} is filed as ${service}.${verb}`);
      return endpoint;
    }),
  );
}

/** The route of every endpoint, in the registry's order. @throws Error when two endpoints share one */
export function routesOf(services: Services): RouteEntry[] {
  const routes = endpointsOf(services).map(routeOf);
  const taken = new Map<string, string>();
  for (const { id, method, path } of routes) {
    const shape = `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
    const other = taken.get(shape);
    if (other) throw new Error(`${id} and ${other} share the route ${method} ${path}`);
    taken.set(shape, id);
  }
  return routes;
}

export function routeOf({ id, route, limits, effect }: AnyEndpoint): RouteEntry {
  const [method, path] = route.split(' ') as [RouteEntry['method'], string];
  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    id,
    method,
    path,
    name: id.replace('.', '-'),
    params,
    timeoutSeconds: limits.timeoutSeconds,
    writes: effect === 'writes',
  };
}

/** All public endpoints in the registry's order. @throws Error when one is filed under another name than its id */
export const publicEndpointsOf = (services: Services): AnyPublicEndpoint[] =>
  endpointsOf(services) as unknown as AnyPublicEndpoint[];

/** Every route of every public endpoint, in the registry's order. */
export function publicRoutesOf(services: Services): RouteEntry[] {
  return publicEndpointsOf(services).flatMap(({ id, routes, limits: { timeoutSeconds } }) =>
    routes.map((route) => {
      const [method, path] = route.split(' ') as [RouteEntry['method'], string];
      return { id, method, path, name: id.replace('.', '-'), params: [], timeoutSeconds, writes: false };
    }),
  );
}
