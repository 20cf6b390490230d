import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GatewayPlace } from '../../functions/src/projections/gateway.ts';

/** Where `npm run gateway:local` listens: the issuer of the committed api-gateway/gateway.yaml. */
export const localGatewayUrl = 'http://127.0.0.1:8788';

/** The endpoint whose function answers for all at `/health` and `/ready`. */
export const probe = 'search.hybrid';

/** The gateway of the default project of `.firebaserc`, on this machine. */
export function defaultPlace(root: string): GatewayPlace {
  const { projects } = JSON.parse(readFileSync(path.join(root, '.firebaserc'), 'utf8')) as {
    projects: { default: string };
  };
  return { project: projects.default, issuer: localGatewayUrl, audience: localGatewayUrl };
}
