import type { HttpsFunction, Request } from 'firebase-functions/https';
import type { ToolName } from '../context.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import { openKeyValue } from '../platform/cache.ts';
import { openEmbedder } from '../platform/embedder.ts';
import { openFirestore } from '../platform/firestore.ts';
import { openLexicon } from '../platform/lexicon.ts';
import { openAdmittedPostgres } from '../platform/preflight.ts';

type State = 'ready' | 'degraded' | 'unavailable';

export const isHealthPath = (path: string) => path === '/health' || path === '/ready';

const postgres = async () => (await openAdmittedPostgres()).query('select 1');

const checks: { readonly [Name in ToolName]: () => Promise<unknown> } = {
  candidates: postgres,
  embeddings: postgres,
  retrieval: postgres,
  embedder: openEmbedder,
  lexicon: openLexicon,
  documents: async () => {},
};

/** `GET /health`: alive. `GET /ready`: each thing the endpoint needs and its state; 503 when one it cannot do without is away. */
export async function answerHealth(
  endpoint: AnyEndpoint,
  req: Request,
  res: Parameters<HttpsFunction>[1],
): Promise<void> {
  if (req.path === '/health') {
    res.status(200).json({ status: 'alive', endpoint: endpoint.id });
    return;
  }
  const needs = await Promise.all(
    endpoint.needs.map(async (name) => [name, await stateOf(checks[name], 'unavailable')] as const),
  );
  const tenants = await stateOf(async () => (await openFirestore()).doc('tenants/readiness').get(), 'unavailable');
  const cache =
    endpoint.cache === 'never' ? undefined : await stateOf(async () => (await openKeyValue())?.ping(), 'degraded');
  const states = { ...Object.fromEntries(needs), tenants, ...(cache ? { cache } : {}) };
  const ready = !Object.values(states).includes('unavailable');
  res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'unavailable', endpoint: endpoint.id, needs: states });
}

async function stateOf(check: () => Promise<unknown>, otherwise: State): Promise<State> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), 2_000);
  });
  return Promise.race([check(), late])
    .then(
      () => 'ready' as const,
      () => otherwise,
    )
    .finally(() => clearTimeout(timer));
}
