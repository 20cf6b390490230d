import { region } from '../config.ts';
import { tenantCallsPerSecond } from '../contract/endpoint.ts';
import { endpointsOf, type RouteEntry, routesOf, type Services } from './routes.ts';

/** A route that takes no credential: what the issuer answers. */
export type OpenRoute = Pick<RouteEntry, 'method' | 'path' | 'name' | 'timeoutSeconds'> & { readonly summary: string };

/** Where a gateway stands. */
export interface GatewayPlace {
  /** The project that holds the functions. */
  readonly project: string;
  /** The gateway's own public URL: an origin, without a slash at its end. */
  readonly issuer: string;
  /** What an access token has to be made out for. */
  readonly audience: string;
}

/** A function as the gateway reaches it. The request's path is appended to `address`; `deadline` is in seconds. */
export interface GatewayBackend {
  readonly address: string;
  /** For whom the gateway's own identity token is made out, which then takes the place of `Authorization`. */
  readonly jwtAudience?: string;
  /** The caller's `Authorization` passes untouched. */
  readonly disableAuth?: true;
  readonly pathTranslation: 'APPEND_PATH_TO_ADDRESS';
  readonly deadline: number;
}

export interface GatewayOperation {
  readonly operationId: string;
  readonly summary: string;
  /** Empty where no credential is asked for; absent where the document's own requirement holds. */
  readonly security?: readonly [];
  readonly 'x-google-backend': string;
  /** What a call costs, by metric. */
  readonly 'x-google-quota'?: Readonly<Record<string, number>>;
  readonly parameters?: readonly object[];
  readonly responses: object;
}

export type GatewayDocument = ReturnType<typeof gatewayOf>;

// The function answers `call.timeout` at its limit and is cut off 5 s later: the gateway gives up after both.
const marginSeconds = 10;
const tenantMetric = 'tenant-calls';

/**
 * The registry as Google's API Gateway reads it (OpenAPI 3.0 with `x-google-*`): who is let in, to which function, for how
 * long and how often, and nothing else; what an operation takes and answers is told by the OpenAPI document. `probe` is
 * the id of the endpoint whose function answers `/health` and `/ready`. @throws Error when there is no such endpoint
 */
export function gatewayOf(
  services: Services,
  { version, place, open, probe }: { version: string; place: GatewayPlace; open: readonly OpenRoute[]; probe: string },
) {
  const routes = routesOf(services);
  const probed = routes.find(({ id }) => id === probe);
  if (!probed) throw new Error(`there is no endpoint ${probe} to answer /health and /ready`);
  const perSecond: Record<string, number> = { [tenantMetric]: tenantCallsPerSecond };
  const backends: Record<string, GatewayBackend> = {};
  const paths: Record<string, Record<string, GatewayOperation>> = {};

  for (const [i, { id, summary, limits }] of endpointsOf(services).entries()) {
    const route = routes[i];
    if (!route) continue;
    const { method, path, name, params } = route;
    const address = addressOf(place.project, name);
    backends[name] = { address, jwtAudience: address, ...patience(route) };
    const ownMetric = limits.callsPerSecond < tenantCallsPerSecond ? `${name}-calls` : undefined;
    if (ownMetric) perSecond[ownMetric] = limits.callsPerSecond;
    (paths[path] ??= {})[method.toLowerCase()] = {
      operationId: id.replaceAll(/\W/g, '_'),
      summary,
      'x-google-backend': name,
      'x-google-quota': { [tenantMetric]: 1, ...(ownMetric && { [ownMetric]: 1 }) },
      ...(params.length > 0 && { parameters: params.map(pathParameter) }),
      responses,
    };
  }
  // A client may identify itself to the issuer by HTTP Basic, which has to arrive where it was sent.
  for (const route of open)
    backends[route.name] = { address: addressOf(place.project, route.name), disableAuth: true, ...patience(route) };
  for (const { method, path, name, summary } of [...open, ...probesOf(probed.name)])
    (paths[path] ??= {})[method.toLowerCase()] = {
      operationId: `${method.toLowerCase()}${path}`.replaceAll(/\W+/g, '_'),
      summary,
      security: [],
      'x-google-backend': name,
      responses,
    };

  return {
    openapi: '3.0.4',
    info: {
      title: 'Headhunter gateway',
      version,
      description: 'What Google’s API Gateway enforces. What operations take and answer is told by openapi.yaml.',
    },
    servers: [{ url: place.issuer }],
    'x-google-api-management': { metrics: metricsOf(perSecond), quota: { limits: limitsOf(perSecond) }, backends },
    // Both together; an operation says when it asks for neither, so that a forgotten one is closed.
    security: [{ accessToken: [], apiKey: [] }],
    paths,
    components: { securitySchemes: securitySchemes(place) },
  };
}

/** Where a function of a project is reached. */
export const addressOf = (project: string, name: string) => `https://${region}-${project}.cloudfunctions.net/${name}`;

const patience = ({ timeoutSeconds }: Pick<RouteEntry, 'timeoutSeconds'>) =>
  ({ pathTranslation: 'APPEND_PATH_TO_ADDRESS', deadline: timeoutSeconds + marginSeconds }) as const;

const probesOf = (name: string) =>
  [
    { method: 'GET', path: '/health', name, summary: 'Whether gateway and functions are alive.' },
    { method: 'GET', path: '/ready', name, summary: 'Whether what a search needs is ready.' },
  ] as const;

const metricsOf = (perSecond: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.keys(perSecond).map((name) => [name, { displayName: name.replaceAll('-', ' ') }]));

// Google counts by the minute and by the project that an API key belongs to; what holds by the second is the function's.
const limitsOf = (perSecond: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(perSecond).map(([metric, calls]) => [`${metric}-per-minute`, { metric, values: calls * 60 }]),
  );

const pathParameter = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const responses = {
  200: { description: 'What the function answers.' },
  default: { description: 'The gateway’s `{ code, message }`, or the function’s own refusal.' },
};

const securitySchemes = ({ project, issuer, audience }: GatewayPlace) => ({
  accessToken: {
    type: 'oauth2',
    description: 'An access token of `POST /oauth/token`. The function checks it again, and its scopes.',
    flows: { clientCredentials: { tokenUrl: `${issuer}/oauth/token`, scopes: {} } },
    'x-google-auth': {
      issuer,
      // From the function itself: through its own public address the gateway would wait for its own DNS and certificate.
      jwksUri: `${addressOf(project, 'oauth-jwks')}/.well-known/jwks.json`,
      audiences: [audience],
      // Left out, Google takes a token from the query too, and queries end up in logs.
      jwtLocations: [{ header: 'Authorization', valuePrefix: 'Bearer ' }],
    },
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'The tenant’s API key. The function checks that it and the token name the same tenant.',
  },
});
