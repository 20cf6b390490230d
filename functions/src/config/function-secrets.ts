import { defineSecret } from 'firebase-functions/params';
import type { PublicToolName, ToolName } from '../context.ts';
import { languageModelSecrets } from './language-models.ts';

const databaseUrl = defineSecret('DATABASE_URL');
const redisUrl = defineSecret('REDIS_URL');
const operatorDatabaseUrl = defineSecret('OPERATOR_DATABASE_URL');
const rotatorDatabaseUrl = defineSecret('ROTATOR_DATABASE_URL');
const signingKey = defineSecret('OAUTH_SIGNING_KEY');

/** The database each tool reaches, if any; a new tool has to say. */
export const databaseOf = {
  accounts: undefined,
  apiKeys: undefined,
  auditTrail: 'runtime',
  budgets: 'runtime',
  candidates: 'runtime',
  decisions: 'runtime',
  derivations: 'runtime',
  documents: undefined,
  embedder: undefined,
  embeddings: 'runtime',
  enrichedProfiles: 'runtime',
  enrichmentJobs: undefined,
  enrichmentQueue: undefined,
  languageModels: undefined,
  lexicon: undefined,
  localModel: undefined,
  market: 'runtime',
  members: undefined,
  neighbourhoods: 'runtime',
  oauthClients: undefined,
  occupationOverrides: 'runtime',
  operator: 'operator',
  postings: 'runtime',
  retrieval: 'runtime',
  standings: 'runtime',
  taxonomy: undefined,
  titleEvidence: 'runtime',
  titleProposals: 'runtime',
} as const satisfies Record<ToolName, 'runtime' | 'operator' | undefined>;

/**
 * The secrets a function must be given for the tools it needs: the database also to remember what was written under which
 * Idempotency-Key, Redis always, since it counts the calls of all and tells other instances who may call. Keys of language
 * models only where some are configured.
 */
export function secretsFor({ needs, effect }: { needs: readonly ToolName[]; effect: 'reads' | 'writes' }) {
  const databases = needs.map((need): 'runtime' | 'operator' | undefined => databaseOf[need]);
  const asksRuntime = effect === 'writes' || databases.includes('runtime');
  const asOperator = databases.includes('operator');
  const asked = needs.includes('languageModels') ? languageModelSecrets(process.env['LANGUAGE_MODELS']) : [];
  return [...(asksRuntime ? [databaseUrl] : []), ...(asOperator ? [operatorDatabaseUrl] : []), redisUrl, ...asked];
}

/** The secrets of what anybody may call: only what signs is given the key. */
export const publicSecretsFor = (needs: readonly PublicToolName[]) => (needs.includes('tokens') ? [signingKey] : []);

/** The secrets of what wakes unasked and works across tenants. */
export const operatorSecrets = [operatorDatabaseUrl];

/** The secrets of what wakes unasked and works for one tenant after another, as the runtime role. */
export const databaseSecrets = [databaseUrl];

/** For what tells other instances that answers are out of date. */
export const redisSecrets = [redisUrl];

/** What the rotator is given: its own login, and Redis to tell other instances of a changed key. */
export const rotatorSecrets = [rotatorDatabaseUrl, redisUrl];
