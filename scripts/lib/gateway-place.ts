import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GatewayPlace, OpenRoute } from '../../functions/src/projections/gateway.ts';

/** Where `npm run gateway:local` listens: the issuer of the committed api-gateway/gateway.yaml. */
export const localGatewayUrl = 'http://127.0.0.1:8788';

/** The endpoint whose function answers for all at `/health` and `/ready`. */
export const probe = 'search.hybrid';

/** What the issuer answers, without a credential. */
export const openRoutes: readonly OpenRoute[] = [
  {
    method: 'POST',
    path: '/oauth/token',
    name: 'oauth-token',
    summary: 'Exchange a client’s credentials for an access token.',
    timeoutSeconds: 10,
  },
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    name: 'oauth-jwks',
    summary: 'The public keys that access tokens are verified with.',
    timeoutSeconds: 10,
  },
  {
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    name: 'oauth-discovery',
    summary: 'What the issuer offers, and where.',
    timeoutSeconds: 10,
  },
  {
    method: 'GET',
    path: '/.well-known/openid-configuration',
    name: 'oauth-discovery',
    summary: 'The same under the name that some libraries ask for.',
    timeoutSeconds: 10,
  },
];

/** The gateway of the default project of `.firebaserc`, on this machine. */
export function defaultPlace(root: string): GatewayPlace {
  const { projects } = JSON.parse(readFileSync(path.join(root, '.firebaserc'), 'utf8')) as {
    projects: { default: string };
  };
  return { project: projects.default, issuer: localGatewayUrl, audience: localGatewayUrl };
}
