import { type HttpsFunction, onRequest, type Request } from 'firebase-functions/https';
import { publicSecretsFor } from '../config/function-secrets.ts';
import { region } from '../config.ts';
import { Problem } from '../contract/errors.ts';
import type { AnyPublicEndpoint } from '../contract/public-endpoint.ts';
import { authorizationOf } from '../middleware/bearer.ts';
import { bodyOf } from '../middleware/error-funnel.ts';
import { answerPublicHealth, isHealthPath } from '../middleware/health.ts';
import { walkPublic } from '../middleware/public-walk.ts';
import { statusOf } from '../middleware/status.ts';
import { frame } from './function.ts';

type Response = Parameters<HttpsFunction>[1];

/** Public endpoints as the group of functions `service-verb`. */
export function publicService(endpoints: Readonly<Record<string, unknown>>): Record<string, HttpsFunction> {
  return Object.fromEntries(
    Object.entries(endpoints).map(([verb, endpoint]) => [verb, deployPublic(endpoint as AnyPublicEndpoint)]),
  );
}

/** One public endpoint as one deployed function: each of its routes, `/health` and `/ready`. */
function deployPublic(endpoint: AnyPublicEndpoint): HttpsFunction {
  const { memory, minInstances, concurrency } = endpoint.run;
  const options = {
    region,
    memory,
    minInstances,
    concurrency,
    cpu: 1,
    timeoutSeconds: endpoint.limits.timeoutSeconds + 5,
    secrets: publicSecretsFor(endpoint.needs),
    invoker: 'public' as const,
    // What anybody may keep any page may read; a client's secret has no business in a page.
    cors: endpoint.cache !== 'never',
  };
  return onRequest(options, (req, res) => answer(endpoint, req, res));
}

async function answer(endpoint: AnyPublicEndpoint, req: Request, res: Response): Promise<void> {
  if (isHealthPath(req.path)) return answerPublicHealth(endpoint, req, res);
  const { requestId, trace, address } = frame(req);
  res.setHeader('X-Request-ID', requestId);
  res.setHeader('Cache-Control', 'no-store');
  if (!endpoint.routes.includes(`${req.method} ${req.path}` as (typeof endpoint.routes)[number])) {
    const problem = new Problem('route.not_found');
    res
      .status(statusOf(problem.kind))
      .type('application/problem+json')
      .send(JSON.stringify(bodyOf(problem, requestId)));
    return;
  }
  const outcome = await walkPublic(endpoint, {
    requestId,
    trace,
    address,
    request: {
      authorization: authorizationOf((name) => req.header(name)),
      contentType: req.header('content-type'),
      query: req.originalUrl.split('?')[1] ?? '',
      body: req.rawBody ?? new Uint8Array(),
    },
  });
  res.setHeader('Server-Timing', `total;dur=${outcome.tookMs.toFixed(1)}`);
  if (outcome.ok) {
    // RFC 6749, section 5.1, asks for both.
    if (endpoint.cache === 'never') res.setHeader('Pragma', 'no-cache');
    else res.setHeader('Cache-Control', `public, max-age=${endpoint.cache.seconds}`);
    res.status(200).json(outcome.reply);
    return;
  }
  const { error, message, retryAfterSeconds, status } = outcome.refusal;
  res.setHeader('Pragma', 'no-cache');
  if (status === 401) res.setHeader('WWW-Authenticate', 'Basic realm="oauth", charset="UTF-8"');
  if (retryAfterSeconds !== undefined) res.setHeader('Retry-After', String(retryAfterSeconds));
  res.status(status).json({ error, error_description: message });
}
