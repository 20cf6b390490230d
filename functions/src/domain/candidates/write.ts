import type { Context } from '../../context.ts';
import type { CandidateProfile } from '../../contract/candidate.ts';
import type { CandidateRecord } from '../../contract/candidate-record.ts';
import { Problem } from '../../contract/errors.ts';
import type { CandidateId } from '../../contract/ids.ts';
import type { Written } from '../../stores/candidates.ts';
import type { NewDocument } from '../../stores/documents.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { deriveCandidate } from './derive.ts';

export type WriteContext = Context<'candidates' | 'embedder' | 'lexicon'>;

export interface Draft {
  readonly candidateId: CandidateId;
  readonly profile: CandidateProfile;
  /** The revision the profile was read at, when it was: the write is refused if that is no longer the latest. */
  readonly revision?: number;
}

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
  const recognizer = recognizerOf(ctx.lexicon);
  const { documents } = await ctx.candidates.findWithDocuments(drafts.map(({ candidateId }) => candidateId));
  const derived = drafts.map(({ candidateId, profile }) => {
    const texts = (documents.get(candidateId) ?? []).map(({ text }) => text);
    if (document?.candidateId === candidateId) texts.push(document.read.text);
    return deriveCandidate(recognizer, profile, texts, ctx.now);
  });
  const vectors = await ctx.embedder.embed(
    derived.map(({ embeddingInput }) => embeddingInput),
    'document',
    ctx.signal,
  );
  const records = drafts.map(({ candidateId, profile, revision }, i): CandidateRecord => {
    const vector = vectors[i];
    const one = derived[i];
    if (!vector || !one) throw new Problem('embedder.unavailable');
    const basedOn = { documents: (documents.get(candidateId) ?? []).map(({ documentId }) => documentId), revision };
    return { candidateId, profile, ...one, embedding: { label: ctx.embedder.label, vector }, basedOn };
  });
  return ctx.candidates.write(records, ctx.now, document);
}
