import type { DocumentFile, DocumentText } from './contract/document.ts';
import type { Embedder } from './contract/embedding.ts';
import type { TenantId } from './contract/ids.ts';
import type { Lexicon } from './contract/lexicon.ts';
import type { Role, Scope } from './contract/scopes.ts';
import type { Candidates } from './stores/candidates.ts';
import type { Embeddings } from './stores/embeddings.ts';
import type { Retrieval } from './stores/retrieval.ts';

/** Who asks. Made by `middleware/authenticate.ts` from a verified proof, and by nothing else. */
export interface Caller {
  readonly uid: string;
  readonly tenant: TenantId;
  readonly roles: readonly Role[];
  readonly scopes: ReadonlySet<Scope>;
}

/** What a handler may be given. Stores are already bound to the caller's tenant. */
export interface Tools {
  readonly candidates: Candidates;
  readonly embeddings: Embeddings;
  readonly retrieval: Retrieval;
  readonly embedder: Embedder;
  readonly lexicon: Lexicon;
  readonly documents: { read(file: DocumentFile): Promise<DocumentText> };
}
export type ToolName = keyof Tools;

/** One call: who asks, since when, until when. */
export interface Call {
  readonly caller: Caller;
  readonly requestId: string;
  readonly now: Date;
  /** Aborted at the endpoint's time limit. */
  readonly signal: AbortSignal;
}

export type Context<Name extends ToolName = never> = Call & Pick<Tools, Name>;
