/** Where an endpoint is found, as REST (`method`, `path`) and as callable (`name`). */
export interface ClientRoute {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With parameters as `{candidateId}`. */
  readonly path: string;
  readonly name: string;
  readonly params: readonly string[];
  readonly timeoutSeconds: number;
  /** Whether a call may change anything. */
  readonly writes: boolean;
}

/** How a call that writes may be made safe to repeat. */
export interface WriteOptions {
  /**
   * 16 to 255 visible ASCII characters, such as a UUID: new for every new request and the same for its repetitions. The work is
   * done once, and for 24 hours the same answer is given again.
   */
  readonly idempotencyKey?: string | undefined;
}

/** Carries one call and resolves to the reply. Rejects with `HeadhunterError` only. */
export type Transport = (
  route: ClientRoute,
  input: Readonly<Record<string, unknown>>,
  options: WriteOptions,
) => Promise<unknown>;

type Call = (input?: Readonly<Record<string, unknown>>, options?: WriteOptions) => Promise<unknown>;

/** `client.<service>.<verb>(input, options)` for every route, over one transport. */
export function clientOf(routes: readonly ClientRoute[], transport: Transport): Record<string, Record<string, Call>> {
  const services: Record<string, Record<string, Call>> = {};
  for (const route of routes) {
    const [service = '', verb = ''] = route.id.split('.');
    services[service] ??= {};
    services[service][verb] = (input = {}, options = {}) => transport(route, input, options);
  }
  return services;
}

/** How long to wait for an answer: the endpoint's own limit and a little for the way. */
export const patienceMs = (route: ClientRoute): number => (route.timeoutSeconds + 10) * 1_000;
