import type { HttpsFunction, Request } from 'firebase-functions/https';
import { databaseOf } from '../config/function-secrets.ts';
import { requireOAuth } from '../config.ts';
import type { PublicToolName, ToolName } from '../context.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import type { AnyPublicEndpoint } from '../contract/public-endpoint.ts';
import { openAuth } from '../platform/accounts.ts';
import { openKeyValue } from '../platform/cache.ts';
import { openEmbedder } from '../platform/embedder.ts';
import { openFirestore } from '../platform/firestore.ts';
import { readLanguageModelKeys } from '../platform/language-models.ts';
import { openLexicon } from '../platform/lexicon.ts';
import { openLocalModel } from '../platform/local-embedder.ts';
import { operatorDatabase } from '../platform/postgres.ts';
import { openPostgres } from '../platform/runtime-database.ts';
import { readSigningSecret } from '../platform/signing-secret.ts';
import { openTaxonomy } from '../platform/taxonomy.ts';
import { publishedKeys } from '../stores/signing-keys.ts';

type Response = Parameters<HttpsFunction>[1];

type State = 'ready' | 'degraded' | 'unavailable';

export const isHealthPath = (path: string) => path === '/health' || path === '/ready';

const firestore = async () => (await openFirestore()).doc('tenants/readiness').get();

const databases = { runtime: () => openPostgres().ping(), operator: () => operatorDatabase.query('select 1') };

type WithoutDatabase = {
  [Name in ToolName]: (typeof databaseOf)[Name] extends undefined ? Name : never;
}[ToolName];

/** What tools reach beside a database of theirs; one without a database has to say. */
const beside: Readonly<Record<WithoutDatabase | 'auditTrail', () => Promise<unknown>>> = {
  auditTrail: firestore,
  embedder: openEmbedder,
  lexicon: openLexicon,
  taxonomy: async () => (await openTaxonomy()).part('occupations'),
  languageModels: readLanguageModelKeys,
  localModel: openLocalModel,
  documents: async () => {},
  enrichmentJobs: firestore,
  // Jobs are kept before they are sent, and sent again by `jobSweep`: a queue that is away delays them.
  enrichmentQueue: async () => {},
  members: firestore,
  accounts: openAuth,
  apiKeys: firestore,
  oauthClients: firestore,
};

function checkOf(name: ToolName): () => Promise<unknown> {
  const database = databaseOf[name];
  const other = name in beside ? beside[name as keyof typeof beside] : undefined;
  return () => Promise.all([database && databases[database](), other?.()]);
}

const limits = async () => {
  const store = await openKeyValue();
  if (!store) throw new Error('each instance counts calls for itself');
  await store.ping();
};

/** `GET /health`: alive. `GET /ready`: each thing the endpoint needs and its state; 503 when one it cannot do without is away. */
export async function answerHealth(endpoint: AnyEndpoint, req: Request, res: Response): Promise<void> {
  const needs = Object.fromEntries(endpoint.needs.map((name) => [name, checkOf(name)]));
  const cache = endpoint.cache === 'never' ? {} : { cache: async () => (await openKeyValue())?.ping() };
  await tell(endpoint.id, { ...needs, tenants: firestore }, { limits, ...cache }, req, res);
}

const publicChecks: { readonly [Name in PublicToolName]: () => Promise<unknown> } = {
  clients: firestore,
  tokens: async () => requireOAuth() && readSigningSecret(),
  signingKeys: publishedKeys,
  issuer: async () => requireOAuth(),
};

/** The same of an endpoint that anybody may call. */
export async function answerPublicHealth(endpoint: AnyPublicEndpoint, req: Request, res: Response): Promise<void> {
  const needs = Object.fromEntries(endpoint.needs.map((name) => [name, publicChecks[name]]));
  await tell(endpoint.id, needs, {}, req, res);
}

type Checks = Readonly<Record<string, () => Promise<unknown>>>;

async function tell(id: string, needs: Checks, spared: Checks, req: Request, res: Response) {
  if (req.path === '/health') {
    res.status(200).json({ status: 'alive', endpoint: id });
    return;
  }
  const states = { ...(await statesOf(needs, 'unavailable')), ...(await statesOf(spared, 'degraded')) };
  const ready = !Object.values(states).includes('unavailable');
  res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'unavailable', endpoint: id, needs: states });
}

async function statesOf(checks: Checks, otherwise: State): Promise<Record<string, State>> {
  const states = Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check, otherwise)] as const);
  return Object.fromEntries(await Promise.all(states));
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
