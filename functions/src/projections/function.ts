import { randomUUID } from 'node:crypto';
import { type CallableRequest, HttpsError, type HttpsFunction, onCall, type Request } from 'firebase-functions/https';
import { secretsFor } from '../config/function-secrets.ts';
import { enforceAppCheck, readConfig, region, webOrigins } from '../config.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import { Problem } from '../contract/errors.ts';
import { traceHeaders, traceOf } from '../contract/trace.ts';
import { personProof, proofOf } from '../middleware/authenticate.ts';
import { bodyOf } from '../middleware/error-funnel.ts';
import { answerHealth, isHealthPath } from '../middleware/health.ts';
import { bottomlessProblem } from '../middleware/hygiene.ts';
import { type Incoming, type Outcome, type Success, walk } from '../middleware/pipeline.ts';
import { matchRoute, restInput } from '../middleware/rest-input.ts';
import { statusOf } from '../middleware/status.ts';
import { headerComponents } from './header-docs.ts';

type Response = Parameters<HttpsFunction>[1];

/** One endpoint as one deployed function: `POST /` speaks the callable protocol, every other path REST. */
export function deploy(endpoint: AnyEndpoint): HttpsFunction {
  const callable = onCall<unknown>(optionsOf(endpoint), (request) => answerCallable(endpoint, request));
  const dual = (req: Request, res: Response) =>
    req.path === '/' && req.method !== 'GET' ? answerProtocol(callable, req, res) : answerRest(endpoint, req, res);
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
    secrets: secretsFor(endpoint),
    enforceAppCheck: enforceAppCheck(),
    invoker: 'public' as const,
    cors: webOrigins(),
  };
}

// The protocol's own wrapper reads its data by recursion, and would answer what is nested without end with INTERNAL.
function answerProtocol(callable: HttpsFunction, req: Request, res: Response): void | Promise<void> {
  const problem = bottomlessProblem(req.body);
  if (!problem) return callable(req, res);
  const { requestId } = frame(req);
  const { status, canonicalName } = new HttpsError(problem.kind, problem.message).httpErrorCode;
  const error = { status: canonicalName, message: problem.message, details: bodyOf(problem, requestId) };
  res.status(status).set('X-Request-ID', requestId).json({ error });
}

async function answerCallable(endpoint: AnyEndpoint, request: CallableRequest<unknown>): Promise<unknown> {
  const incoming: Incoming = {
    ...frame(request.rawRequest),
    dialect: 'callable',
    proof: async () => (request.auth ? personProof(request.auth.token) : undefined),
    input: () => request.data,
  };
  const outcome = await walk(endpoint, incoming);
  // The protocol's own wrapper sends the body; express has put its response beside the request.
  setHeaders((request.rawRequest as Request & { res?: Response }).res, incoming, outcome);
  if (outcome.ok) return JSON.parse(bodyTextOf(endpoint, incoming, outcome));
  const { problem } = outcome;
  throw new HttpsError(problem.kind, problem.message, bodyOf(problem, incoming.requestId));
}

async function answerRest(endpoint: AnyEndpoint, req: Request, res: Response): Promise<void> {
  if (isHealthPath(req.path)) return answerHealth(endpoint, req, res);
  const params = matchRoute(endpoint.route, req.method, req.path);
  const incoming: Incoming = {
    ...frame(req),
    dialect: 'rest',
    proof: () => proofOf((name) => req.header(name)),
    input: () => restInput(endpoint, params ?? {}, req.query, req.body),
  };
  const outcome: Outcome = params
    ? await walk(endpoint, incoming)
    : { ok: false, problem: new Problem('route.not_found'), headers: {}, tookMs: 0 };
  setHeaders(res, incoming, outcome);
  if (outcome.ok) {
    res
      .status(200)
      .type('application/json')
      .send(bodyTextOf(endpoint, incoming, outcome));
    return;
  }
  const { problem } = outcome;
  res
    .status(statusOf(problem.kind))
    .type('application/problem+json')
    .send(JSON.stringify(bodyOf(problem, incoming.requestId)));
}

// What a page of another origin may read of an answer, beside its body.
const exposedHeaders = ['X-Request-ID', 'X-Cache-Status', 'Server-Timing', ...Object.keys(headerComponents)].join(', ');

function setHeaders(res: Response | undefined, { requestId, trace }: Incoming, outcome: Outcome): void {
  if (!res || res.headersSent) return;
  res.setHeader('X-Request-ID', requestId);
  res.setHeader('Access-Control-Expose-Headers', exposedHeaders);
  res.setHeader('X-Cloud-Trace-Context', traceHeaders(trace)['x-cloud-trace-context'] ?? '');
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Server-Timing', `total;dur=${outcome.tookMs.toFixed(1)}`);
  for (const [name, value] of Object.entries(outcome.headers)) res.setHeader(name, value);
  if (outcome.ok && outcome.cache !== 'none') res.setHeader('X-Cache-Status', outcome.cache === 'hit' ? 'hit' : 'miss');
}

/** The answer's own JSON text with the call's facts at its end, as `replySchema` describes them. */
function bodyTextOf(
  endpoint: AnyEndpoint,
  { requestId: own }: Incoming,
  { text, cache, firstRequestId }: Success,
): string {
  const requestId = firstRequestId ?? own;
  const facts = endpoint.cache === 'never' ? { requestId } : { requestId, cacheHit: cache === 'hit' };
  const begun = text.slice(0, -1);
  return `${begun}${begun === '{' ? '' : ','}${JSON.stringify(facts).slice(1)}`;
}

type Frame = 'requestId' | 'trace' | 'address' | 'tenantHeader' | 'apiKey' | 'idempotencyKey';

export function frame(req: Request): Pick<Incoming, Frame> {
  const given = req.header('x-request-id');
  return {
    requestId: given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID(),
    trace: traceOf({ traceparent: req.header('traceparent'), cloudTraceContext: req.header('x-cloud-trace-context') }),
    address: addressOf(req),
    tenantHeader: req.header('x-tenant-id'),
    apiKey: req.header('x-api-key'),
    idempotencyKey: req.header('idempotency-key'),
  };
}

// Each proxy we trust appended the address it saw; whatever stands further left came from the caller.
function addressOf(req: Request): string {
  const { trustedProxies } = readConfig();
  const hops = (req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  return (trustedProxies > 0 ? hops.at(-trustedProxies) : req.socket?.remoteAddress) ?? '';
}
