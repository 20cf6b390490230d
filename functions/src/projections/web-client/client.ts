/** Where an endpoint is found, as REST (`method`, `path`) and as callable (`name`). */
export interface ClientRoute {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With parameters as `{candidateId}`. */
  readonly path: string;
  readonly name: string;
  readonly params: readonly string[];
  readonly timeoutSeconds: number;
}

/** Carries one call and resolves to the reply. Rejects with `HeadhunterError` only. */
export type Transport = (route: ClientRoute, input: Readonly<Record<string, unknown>>) => Promise<unknown>;

type Call = (input?: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** `client.<service>.<verb>(input)` for every route, over one transport. */
export function clientOf(routes: readonly ClientRoute[], transport: Transport): Record<string, Record<string, Call>> {
  const services: Record<string, Record<string, Call>> = {};
  for (const route of routes) {
    const [service = '', verb = ''] = route.id.split('.');
    services[service] ??= {};
    services[service][verb] = (input = {}) => transport(route, input);
  }
  return services;
}

/** How long to wait for an answer: the endpoint's own limit and a little for the way. */
export const patienceMs = (route: ClientRoute): number => (route.timeoutSeconds + 10) * 1_000;
