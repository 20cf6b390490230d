import type { ProposalView } from '../../contract/title-proposal.ts';
import { type DraftTools, draftProposal, type ProposalDraft } from './draft-proposal.ts';
import type { TitleParameters } from './parameters.ts';

export interface ProposalRun {
  readonly draft: ProposalDraft;
  /** Null after a dry run. */
  readonly kept: Pick<ProposalView, 'proposalId' | 'version'> | null;
}

/** Clusters the tenant's titles and keeps the proposal for review, in place of the open one. Null, and nothing is written, without titles. */
export async function proposeTitles(
  tools: DraftTools,
  parameters: TitleParameters,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<ProposalRun | null> {
  const draft = await draftProposal(tools, parameters);
  if (!draft) return null;
  return { draft, kept: dryRun ? null : await tools.titleProposals.create(draft, tools.now) };
}
