import type { TenantId } from '../src/contract/ids.ts';
import {
  type ProposalId,
  ProposalOrigin,
  ProposedCluster,
  type ProposedEntry,
} from '../src/contract/title-proposal.ts';
import { draftToolNames } from '../src/domain/titles/draft-proposal.ts';
import { defaultParameters, type TitleParameters } from '../src/domain/titles/parameters.ts';
import { type ProposalRun, proposeTitles } from '../src/domain/titles/propose-titles.ts';
import { clusterExample, entryExamples, proposalExample } from '../src/endpoints/admin/proposal-example.ts';
import { openTools } from '../src/middleware/tools.ts';
import { byTests } from './attribution.ts';

const toolsOf = (tenant: TenantId) => openTools(draftToolNames, { tenant, scopes: new Set() }, byTests);

/** What `npm run titles:cluster` does for a tenant. */
export async function clusterTitlesOf(
  tenant: TenantId,
  parameters: Partial<TitleParameters> = {},
  now = new Date(),
): Promise<ProposalRun | null> {
  return proposeTitles({ ...(await toolsOf(tenant)), now }, { ...defaultParameters, ...parameters });
}

/** The proposal that the endpoints' examples tell of, kept for a tenant. */
export async function keepExampleProposal(tenant: TenantId): Promise<ProposalId> {
  const { titleProposals } = await toolsOf(tenant);
  const proposal = {
    madeFrom: ProposalOrigin.parse(proposalExample.madeFrom),
    clusters: [ProposedCluster.parse(clusterExample)],
    entries: entryExamples as ProposedEntry[],
  };
  return (await titleProposals.create(proposal, new Date())).proposalId;
}
