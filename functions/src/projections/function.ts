import { randomUUID } from 'node:crypto';
import { type CallableRequest, HttpsError, type HttpsFunction, onCall, type Request } from 'firebase-functions/https';
import { enforceAppCheck, region, secretsFor, webOrigins } from '../config.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import { Problem } from '../contract/errors.ts';
import { verifyBearer } from '../middleware/authenticate.ts';
import { bodyOf } from '../middleware/error-funnel.ts';
import { answerHealth, isHealthPath } from '../middleware/health.ts';
import { type Incoming, type Outcome, walk } from '../middleware/pipeline.ts';
import { matchRoute, restInput } from '../middleware/rest-input.ts';

type Response = Parameters<HttpsFunction>[1];

/** One endpoint as one deployed function: `POST /` speaks the callable protocol, every other path REST. */
export function deploy(endpoint: AnyEndpoint): HttpsFunction {
  const callable = onCall<unknown>(optionsOf(endpoint), (request) => answerCallable(endpoint, request));
  const dual = (req: Request, res: Response) =>
    req.path === '/' && req.method !== 'GET' ? callable(req, res) : answerRest(endpoint, req, res);
  return Object.assign(dual, {
    __endpoint: callable.__endpoint,
    run: callable.run,
    stream: callable.stream,
  }) as unknown as HttpsFunction;
}

/** A service's endpoints as the group of functions `service-verb`. */
export function service(endpoints: Readonly<Record<string, unknown>>): Record<string, HttpsFunction> {
  return Object.fromEntries(
    Object.entries(endpoints).map(([verb, endpoint]) => [verb, deploy(endpoint as AnyEndpoint)]),
  );
}

function optionsOf(endpoint: AnyEndpoint) {
  const { memory, minInstances, concurrency } = endpoint.run;
  return {
    region,
    memory,
    minInstances,
    concurrency,
    cpu: concurrency > 1 ? 1 : ('gcf_gen1' as const),
    timeoutSeconds: endpoint.limits.timeoutSeconds + 5,
    secrets: secretsFor(endpoint.needs, endpoint.cache !== 'never' || endpoint.emits.length > 0),
    enforceAppCheck: enforceAppCheck(),
    invoker: 'public' as const,
    cors: webOrigins(),
  };
}

async function answerCallable(endpoint: AnyEndpoint, request: CallableRequest<unknown>): Promise<unknown> {
  const incoming: Incoming = {
    ...frame(request.rawRequest),
    dialect: 'callable',
    proof: async () => request.auth?.token,
    input: () => request.data,
  };
  const outcome = await walk(endpoint, incoming);
  if (outcome.ok) return outcome.reply;
  const { problem } = outcome;
  throw new HttpsError(problem.kind, problem.message, bodyOf(problem, incoming.requestId));
}

async function answerRest(endpoint: AnyEndpoint, req: Request, res: Response): Promise<void> {
  if (isHealthPath(req.path)) return answerHealth(endpoint, req, res);
  const params = matchRoute(endpoint.route, req.method, req.path);
  const incoming: Incoming = {
    ...frame(req),
    dialect: 'rest',
    proof: () => verifyBearer(req.header('authorization')),
    input: () => restInput(endpoint, params ?? {}, req.query, req.body),
  };
  const outcome: Outcome = params
    ? await walk(endpoint, incoming)
    : { ok: false, problem: new Problem('route.not_found'), tookMs: 0 };
  res.setHeader('X-Request-ID', incoming.requestId);
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Server-Timing', `total;dur=${outcome.tookMs.toFixed(1)}`);
  if (outcome.ok) {
    if (endpoint.cache !== 'never') res.setHeader('X-Cache-Status', outcome.cacheHit ? 'hit' : 'miss');
    res.status(200).json(outcome.reply);
    return;
  }
  const { problem } = outcome;
  res
    .status(new HttpsError(problem.kind, problem.message).httpErrorCode.status)
    .type('application/problem+json')
    .send(JSON.stringify(bodyOf(problem, incoming.requestId)));
}

function frame(req: Request): Pick<Incoming, 'requestId' | 'trace' | 'tenantHeader'> {
  const given = req.header('x-request-id');
  return {
    requestId: given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID(),
    trace: req.header('x-cloud-trace-context')?.slice(0, 100),
    tenantHeader: req.header('x-tenant-id'),
  };
}
