import { readConfig } from '../config.ts';
import type { Attribution, Caller, ToolName, Tools } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import { operatorTenant, type TenantId } from '../contract/ids.ts';
import { accountsOf, openAuth } from '../platform/accounts.ts';
import { openEmbedder } from '../platform/embedder.ts';
import { openLanguageModels } from '../platform/language-models.ts';
import { openLexicon } from '../platform/lexicon.ts';
import { openLocalModel } from '../platform/local-embedder.ts';
import { openPostgres } from '../platform/runtime-database.ts';
import { openTaxonomy } from '../platform/taxonomy.ts';
import { bindTenant, type TenantDatabase } from '../platform/tenant-database.ts';
import { apiKeysOf } from '../stores/api-keys.ts';
import { auditTrailOf } from '../stores/audit-trail.ts';
import { budgetsOf } from '../stores/budgets.ts';
import { candidatesOf } from '../stores/candidates.ts';
import { decisionsOf } from '../stores/decisions.ts';
import { derivationsOf } from '../stores/derivations.ts';
import { embeddingsOf } from '../stores/embeddings.ts';
import { enrichedProfilesOf } from '../stores/enriched-profiles.ts';
import { enrichmentJobsOf } from '../stores/enrichment-jobs.ts';
import { enrichmentQueueOf } from '../stores/enrichment-queue.ts';
import { marketOf } from '../stores/market.ts';
import { membersOf } from '../stores/members.ts';
import { neighbourhoodsOf } from '../stores/neighbourhoods.ts';
import { oauthClientsOf } from '../stores/oauth-clients.ts';
import { occupationOverridesOf } from '../stores/occupation-overrides.ts';
import { postingsOf } from '../stores/postings.ts';
import { retrievalOf } from '../stores/retrieval.ts';
import { standingsOf } from '../stores/standings.ts';
import { findTenant } from '../stores/tenants.ts';
import { titleEvidenceOf } from '../stores/title-evidence.ts';
import { titleProposalsOf } from '../stores/title-proposals.ts';
import { operatorToolsOf } from './operator-tools.ts';

type Holder = Pick<Caller, 'tenant' | 'scopes'>;
type Opener<T> = (tenant: TenantId, by: Attribution, caller: Holder) => Promise<T>;

const database = async (tenant: TenantId, by: Attribution): Promise<TenantDatabase> =>
  bindTenant(openPostgres(), tenant, by);

/** Postings of the operators' own tenant are everybody's reference: lent to others for reading, and only by these two tools. */
const reference = async (
  tenant: TenantId,
  by: Attribution,
): Promise<Pick<TenantDatabase, 'transaction'> | undefined> => {
  if (tenant === operatorTenant) return undefined;
  const { transaction } = await database(operatorTenant, by);
  return { transaction };
};

/** And what was counted of them, to one more, whose single function is stable and so can write nothing either. */
const countedReference = async (
  tenant: TenantId,
  by: Attribution,
): Promise<Pick<TenantDatabase, 'call'> | undefined> => {
  if (tenant === operatorTenant) return undefined;
  const { call } = await database(operatorTenant, by);
  return { call };
};

const monthlyMicrosOf = async (tenant: TenantId): Promise<number> =>
  (await findTenant(tenant))?.limits?.monthlyMicros ?? readConfig().tenantMonthlyMicros;

/** How each tool is opened; what is opened holds for one tenant only. */
const openers: { readonly [Name in ToolName]: Opener<Tools[Name]> } = {
  auditTrail: async (tenant, by) => auditTrailOf(await database(tenant, by)),
  candidates: async (tenant, by) => candidatesOf(await database(tenant, by)),
  decisions: async (tenant, by) => decisionsOf(await database(tenant, by), readConfig().revision),
  derivations: async (tenant, by) => derivationsOf(await database(tenant, by)),
  embeddings: async (tenant, by) => embeddingsOf(await database(tenant, by)),
  enrichedProfiles: async (tenant, by) => enrichedProfilesOf(await database(tenant, by)),
  enrichmentJobs: async (tenant, by) => enrichmentJobsOf(tenant, by),
  enrichmentQueue: async (tenant) => enrichmentQueueOf(tenant),
  retrieval: async (tenant, by) => retrievalOf(await database(tenant, by)),
  standings: async (tenant, by) => standingsOf(await database(tenant, by)),
  market: async (tenant, by) => marketOf(await database(tenant, by), await reference(tenant, by)),
  neighbourhoods: async (tenant, by) =>
    neighbourhoodsOf(await database(tenant, by), await countedReference(tenant, by)),
  postings: async (tenant, by) => postingsOf(await database(tenant, by), await reference(tenant, by)),
  embedder: () => openEmbedder(),
  lexicon: () => openLexicon(),
  taxonomy: () => openTaxonomy(),
  languageModels: () => openLanguageModels(),
  budgets: async (tenant, by) => budgetsOf(await database(tenant, by), () => monthlyMicrosOf(tenant)),
  localModel: () => openLocalModel(),
  occupationOverrides: async (tenant, by) => occupationOverridesOf(await database(tenant, by)),
  titleEvidence: async (tenant, by) => titleEvidenceOf(await database(tenant, by)),
  titleProposals: async (tenant, by) => titleProposalsOf(await database(tenant, by)),
  documents: async () => {
    const { extractText } = await import('../platform/document-text.ts');
    return { read: extractText };
  },
  members: async (tenant, by) => membersOf(tenant, by),
  apiKeys: async (tenant, by) => apiKeysOf(tenant, by),
  oauthClients: async (tenant, by) => oauthClientsOf(tenant, by),
  operator: async (_, by, caller) => {
    if (!caller.scopes.has('tenants:read') && !caller.scopes.has('tenants:write'))
      throw new Problem('auth.scope_missing');
    return operatorToolsOf(by);
  },
  accounts: async (tenant) => accountsOf(await openAuth(), tenant),
};

/** Opens the named tools, bound to the caller's tenant and to what the audit log will say of what they do. */
export async function openTools<Name extends ToolName>(
  names: readonly Name[],
  caller: Holder,
  by: Attribution,
): Promise<Pick<Tools, Name>> {
  const entries = await Promise.all(
    names.map(async (name) => [name, await openers[name](caller.tenant, by, caller)] as const),
  );
  return Object.fromEntries(entries) as Pick<Tools, Name>;
}
