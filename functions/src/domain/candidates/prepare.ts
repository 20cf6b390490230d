import type { Context } from '../../context.ts';
import type { CandidateProfile } from '../../contract/candidate.ts';
import type { CandidateRecord } from '../../contract/candidate-record.ts';
import type { Embedder } from '../../contract/embedding.ts';
import { Problem } from '../../contract/errors.ts';
import type { CandidateId } from '../../contract/ids.ts';
import type { Lexicon } from '../../contract/lexicon.ts';
import type { NewDocument, StoredDocument } from '../../stores/documents.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { derivationVersion, deriveCandidate } from './derive.ts';

export type PrepareContext = Pick<Context<'embedder' | 'lexicon'>, 'embedder' | 'lexicon' | 'now' | 'signal'>;

export interface Draft {
  readonly candidateId: CandidateId;
  readonly profile: CandidateProfile;
  /** The revision the profile was read at, when it was: the write is refused if that is no longer the latest. */
  readonly revision?: number;
}

/** Names all that decides what is derived from a person: where it differs, something else may come out. */
export function derivationOf(lexicon: Pick<Lexicon, 'version'>, { label }: Embedder, embedderVersion: string): string {
  const { provider, model, dimensions } = label;
  return [derivationVersion, lexicon.version, `${provider}/${model}/${dimensions}`, embedderVersion].join(' ');
}

/**
 * Derives and embeds people, ready to be written: each from the profile, the documents on file, and the one about to be filed.
 * @throws Problem `embedder.unavailable`
 */
export async function prepareCandidates(
  { embedder, lexicon, now, signal }: PrepareContext,
  drafts: readonly Draft[],
  documents: ReadonlyMap<CandidateId, readonly StoredDocument[]>,
  document?: NewDocument,
): Promise<CandidateRecord[]> {
  const recognizer = recognizerOf(lexicon);
  const derived = drafts.map(({ candidateId, profile }) => {
    const texts = (documents.get(candidateId) ?? []).map(({ text }) => text);
    if (document?.candidateId === candidateId) texts.push(document.read.text);
    return deriveCandidate(recognizer, profile, texts, now);
  });
  const inputs = derived.map(({ embeddingInput }) => embeddingInput);
  const version = await embedder.version();
  const vectors = await embedder.embed(inputs, 'document', signal);
  const derivation = derivationOf(lexicon, embedder, version);
  return drafts.map(({ candidateId, profile, revision }, i): CandidateRecord => {
    const vector = vectors[i];
    const one = derived[i];
    if (!vector || !one) throw new Problem('embedder.unavailable');
    const basedOn = { documents: (documents.get(candidateId) ?? []).map(({ documentId }) => documentId), revision };
    const embedding = { label: embedder.label, version, vector };
    return { candidateId, profile, ...one, embedding, derivation, basedOn };
  });
}
