import type { Context } from '../../context.ts';
import type { Written } from '../../stores/candidates.ts';
import type { NewDocument } from '../../stores/documents.ts';
import { type Draft, prepareCandidates } from './prepare.ts';

export type WriteContext = Context<'candidates' | 'embedder' | 'lexicon'>;

/**
 * Derives, embeds and writes people in one transaction: either each of them is there with words and vector, or none is.
 * Embedding comes first, so that a provider that is away leaves nothing half-written.
 * @throws Problem `candidate.conflict` when a candidate was changed meanwhile, `embedder.unavailable`
 */
export async function writeCandidates(
  ctx: WriteContext,
  drafts: readonly Draft[],
  document?: NewDocument,
): Promise<Written[]> {
  const { documents } = await ctx.candidates.findWithDocuments(drafts.map(({ candidateId }) => candidateId));
  const records = await prepareCandidates(ctx, drafts, documents, document);
  return ctx.candidates.write(records, ctx.now, document);
}
