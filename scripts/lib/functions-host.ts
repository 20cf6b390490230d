import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import { catalogue, type Detail, type ErrorCode } from '../../functions/src/contract/errors.ts';
import { findFunctions, type HostedFunction } from './hosted-functions.ts';
import { projectId, region } from './project.ts';

const bodyLimit = '32mb';
const drainMs = 10_000;

/** One route of the public API: `path` with parameters as `{candidateId}`, `name` the deployed function behind it. */
export interface HostedRoute {
  readonly method: string;
  readonly path: string;
  readonly name: string;
}

export interface FunctionsHost {
  readonly url: string;
  /** Where each function is, `<functionsUrl>/<name>`. */
  readonly functionsUrl: string;
  readonly names: readonly string[];
  readonly functions: readonly (HostedFunction & { readonly url: string })[];
  /** Takes no new calls, lets those in progress end (10 s at most), and closes. */
  stop(): Promise<void>;
}

/**
 * Serves functions on 127.0.0.1 as Cloud Functions and API Gateway would: each at `/<project>/<region>/<name>`, whatever
 * follows being the function's own path, and each of `routes` at the root. A schedule runs on any request to its function,
 * an event trigger takes the event as JSON body. Throws when a route names a function that does not exist.
 *
 * A body that cannot be read is answered here, before the function: 400 `input.invalid`, or 413 `input.too_large` over
 * 32 MB; an unknown path 404 `route.not_found`; an error that a function lets through 500 `internal`.
 */
export async function hostFunctions(
  exportsObject: object,
  { port = 0, routes = [] }: { port?: number; routes?: readonly HostedRoute[] } = {},
): Promise<FunctionsHost> {
  const functions = findFunctions(exportsObject);
  const byName = new Map(functions.map((one) => [one.name, one]));
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('trust proxy');
  app.use(...bodyParsers());
  for (const { name, handle } of functions) app.use(`/${projectId}/${region}/${name}`, handle);
  for (const { method, path, name } of routes) {
    const target = byName.get(name);
    if (!target) throw new Error(`the route ${method} ${path} names the function "${name}", which is not exported`);
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.all(pattern, (req, res, next) => (req.method === method.toUpperCase() ? target.handle(req, res) : next()));
  }
  app.use((_req, res) => refuse(res, 404, 'route.not_found'));
  app.use(onError);

  const server = createServer(app);
  // As long as Google's front end keeps one: with Node's 5 s, a busy machine closes connections on which a call is on its way.
  server.keepAliveTimeout = 600_000;
  let stopping = false;
  server.on('request', (_req, res) => res.on('close', () => stopping && server.closeIdleConnections()));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const functionsUrl = `${url}/${projectId}/${region}`;
  return {
    url,
    functionsUrl,
    names: functions.map(({ name }) => name),
    functions: functions.map((one) => ({ ...one, url: `${functionsUrl}/${one.name}` })),
    async stop() {
      stopping = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const forced = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(forced);
    },
  };
}

/** The parsers that Cloud Functions puts before a function, in its order; each keeps the bytes as `req.rawBody`. */
function bodyParsers() {
  const verify = (req: IncomingMessage & { rawBody?: Buffer }, _res: unknown, bytes: Buffer) => {
    req.rawBody = bytes;
  };
  const options = { limit: bodyLimit, verify };
  return [
    express.json({ ...options, type: ['application/json', 'application/*+json'] }),
    express.text(options),
    express.urlencoded({ ...options, extended: true }),
    express.raw({ ...options, type: '*/*' }),
  ];
}

// Four parameters are what tells express that this handles errors.
function onError(
  error: Error & { status?: number; type?: string },
  req: Request,
  res: Response,
  _next: NextFunction,
): unknown {
  if (res.headersSent) return res.destroy();
  if (error.type === 'entity.too.large') {
    return refuse(res, 413, 'input.too_large', [{ path: '', message: 'the body may hold at most 32 MB' }]);
  }
  if (error.type === 'entity.parse.failed') {
    return refuse(res, 400, 'input.invalid', [{ path: '', message: 'the body is not valid JSON' }]);
  }
  if (error.status !== undefined && error.status < 500) {
    return refuse(res, error.status, 'input.invalid', [{ path: '', message: 'the request could not be read' }]);
  }
  process.stderr.write(`${req.method} ${req.path}: ${error.stack ?? error.message}\n`);
  return refuse(res, 500, 'internal');
}

function refuse(res: Response, status: number, code: ErrorCode, details?: readonly Detail[]): void {
  const requestId = randomUUID();
  const body = { code, message: catalogue[code].message, requestId, ...(details ? { details } : {}) };
  res.status(status).set('X-Request-ID', requestId).type('application/problem+json').send(JSON.stringify(body));
}
