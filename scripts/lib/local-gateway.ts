import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EnforcedDocument, TokenRule } from './local-gateway/document.ts';
import { openForward } from './local-gateway/forward.ts';
import { rewriteHeaders } from './local-gateway/headers.ts';
import { localAddress } from './local-gateway/local-address.ts';
import { openQuota } from './local-gateway/quota.ts';
import { type Refusal, refuse } from './local-gateway/refusal.ts';
import { findRoute, type GatewayRoute, routesOfDocument } from './local-gateway/routes.ts';
import { openVerifier } from './local-gateway/token.ts';

export interface LocalGateway {
  readonly url: string;
  stop(): Promise<void>;
}

// Google looks a key up among its own; here only its shape is looked at, and the function decides.
const keyShape = /^[\w-]{30,100}$/;
const noKey: Refusal = {
  code: 401,
  message:
    "UNAUTHENTICATED:Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
};
const badKey: Refusal = { code: 400, message: 'INVALID_ARGUMENT:API key not valid. Please pass a valid API key.' };

/**
 * Serves `document` on 127.0.0.1 as Google's API Gateway would, with the functions of the local host `backend` behind it:
 * route, token, key, quota, headers, deadline, in this order. A refusal of its own is `{ code, message }`.
 * @throws Error when the document refers to what is not in it
 */
export async function startLocalGateway({
  document,
  backend,
  port = 0,
}: {
  document: EnforcedDocument;
  backend: string;
  port?: number;
}): Promise<LocalGateway> {
  const routes = routesOfDocument(document);
  const quota = openQuota(document['x-google-api-management'].quota.limits, Date.now);
  const verifiers = new Map(
    [...new Set(routes.flatMap(({ token }) => token ?? []))].map((rule) => [rule, openVerifier(rule, keysUrl(rule))]),
  );
  const forwards = new Map(
    [...new Set(routes.map((route) => route.backend))].map((one) => [
      one,
      openForward(localAddress(backend, one.address), one.deadline),
    ]),
  );

  /** Where the document's key set is: behind the local host when one of the document's own functions answers it. */
  function keysUrl({ jwksUri }: TokenRule): string {
    const own = routes.find((route) => jwksUri.startsWith(`${route.backend.address}/`))?.backend.address;
    return own === undefined ? jwksUri : localAddress(backend, own) + jwksUri.slice(own.length);
  }

  async function refusalOf(route: GatewayRoute, { headers }: IncomingMessage): Promise<Refusal | undefined> {
    const refused = route.token && (await verifiers.get(route.token)?.(headers.authorization));
    if (refused || !route.keyHeader) return refused;
    const key = headers[route.keyHeader];
    if (typeof key !== 'string' || key === '') return noKey;
    return keyShape.test(key) ? quota.spend(key, route.costs) : badKey;
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = URL.parse(`http://gateway${req.url}`);
    const found = req.url?.startsWith('/') && url ? findRoute(routes, req.method ?? '', url.pathname) : {};
    const { route, template } = found;
    if (!url || !route) return refuse(res, template === undefined ? notDefined : notAllowed(template));
    const refused = await refusalOf(route, req);
    if (refused) return refuse(res, refused);
    await rewriteHeaders(req, route);
    // What was matched is what is sent on.
    req.url = url.pathname + url.search;
    forwards.get(route.backend)?.(req, res);
  }

  const server = createServer((req, res) => {
    serve(req, res).catch(() => refuse(res, { code: 500, message: 'Internal Server Error' }));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const notDefined: Refusal = { code: 404, message: 'The current request is not defined by this API.' };
const notAllowed = (template: string): Refusal => ({
  code: 405,
  message: `The current request is matched to the defined url template "${template}" but its http method is not allowed`,
});
