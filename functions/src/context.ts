import type { RecordedEntry } from './contract/audit.ts';
import type { ClientId } from './contract/credential.ts';
import type { DocumentFile, DocumentText } from './contract/document.ts';
import type { Embedder } from './contract/embedding.ts';
import type { TenantId } from './contract/ids.ts';
import type { Lexicon } from './contract/lexicon.ts';
import type { Role, Scope } from './contract/scopes.ts';
import type { PublicJwk } from './contract/signing-key.ts';
import type { Accounts } from './platform/accounts.ts';
import type { Exports } from './platform/exports.ts';
import type { LanguageModels } from './platform/language-models.ts';
import type { LocalModel } from './platform/local-embedder.ts';
import type { TaxonomyArtifact } from './platform/taxonomy.ts';
import type { ApiKeys } from './stores/api-keys.ts';
import type { AuditTrail } from './stores/audit-trail.ts';
import type { Budgets } from './stores/budgets.ts';
import type { Candidates } from './stores/candidates.ts';
import type { Decisions } from './stores/decisions.ts';
import type { Derivations } from './stores/derivations.ts';
import type { Embeddings } from './stores/embeddings.ts';
import type { EnrichedProfiles } from './stores/enriched-profiles.ts';
import type { EnrichmentJobs } from './stores/enrichment-jobs.ts';
import type { EnrichmentQueue } from './stores/enrichment-queue.ts';
import type { Market } from './stores/market.ts';
import type { Members } from './stores/members.ts';
import type { Neighbourhoods } from './stores/neighbourhoods.ts';
import type { OAuthClients } from './stores/oauth-clients.ts';
import type { OccupationOverrides } from './stores/occupation-overrides.ts';
import type { Offboardings } from './stores/offboardings.ts';
import type { Partitions } from './stores/partitions.ts';
import type { Postings } from './stores/postings.ts';
import type { Retrieval } from './stores/retrieval.ts';
import type { Standings } from './stores/standings.ts';
import type { Tenancies } from './stores/tenancies.ts';
import type { TenantDocuments } from './stores/tenant-documents.ts';
import type { TenantRows } from './stores/tenant-rows.ts';
import type { TitleEvidence } from './stores/title-evidence.ts';
import type { TitleProposals } from './stores/title-proposals.ts';

/** Who asks. Made by `middleware/authenticate.ts` from a verified proof, and by nothing else. */
export interface Caller {
  readonly kind: 'person' | 'client';
  /** The uid of a person or the id of an OAuth client; never a name or an address. */
  readonly actor: string;
  readonly tenant: TenantId;
  /** A person's; none for a client, whose scopes are its own. */
  readonly roles: readonly Role[];
  readonly scopes: ReadonlySet<Scope>;
  /** The API key that came with a client's token. */
  readonly apiKey: { readonly keyId: string; readonly callsPerSecond: number | null } | undefined;
}

/** The right to do the work of one Idempotency-Key, which a change uses up in its own transaction. */
export interface Claim {
  readonly actor: string;
  readonly keyId: Uint8Array;
  /** Tells this holder from one that came after it. */
  readonly lease: string;
}

/** On whose behalf something is done, by which call, from where: what the audit log says beside the deed. */
export interface Attribution {
  readonly actorKind: 'person' | 'client' | 'operator' | 'system';
  readonly actor: string;
  /** An endpoint's id, a trigger's name or `script.<name>`. */
  readonly by: string;
  readonly requestId: string;
  /** The caller's network address as the platform saw it; empty for what wakes unasked. */
  readonly address: string;
  readonly keyId?: string | undefined;
  /** Under which Idempotency-Key, if any. */
  readonly claim?: Claim | undefined;
  /** Told of each audit entry once it is committed. */
  readonly onRecorded?: ((entry: RecordedEntry) => void) | undefined;
}

/** What works across tenants. */
export interface OperatorTools {
  readonly tenancies: Tenancies;
  readonly offboardings: Offboardings;
  readonly partitions: Partitions;
  /** @throws Problem `export.unavailable` where no place for exports is configured */
  openExports(): Promise<Exports>;
  /** What is done to one tenant. */
  of(tenant: TenantId): TenantTools;
}

export interface TenantTools {
  readonly members: Members;
  readonly apiKeys: ApiKeys;
  readonly oauthClients: OAuthClients;
  readonly accounts: Accounts;
  readonly rows: TenantRows;
  readonly documents: TenantDocuments;
  /** How many keys the tenant has in the cache; with `remove`, had. */
  sweepCache(remove: boolean): Promise<number>;
}

/** What a handler may be given. Stores are already bound to the caller's tenant. */
export interface Tools {
  readonly auditTrail: AuditTrail;
  readonly candidates: Candidates;
  /** Records of rankings that were answered. */
  readonly decisions: Decisions;
  readonly derivations: Derivations;
  readonly embeddings: Embeddings;
  readonly enrichedProfiles: EnrichedProfiles;
  readonly enrichmentJobs: EnrichmentJobs;
  readonly enrichmentQueue: EnrichmentQueue;
  readonly retrieval: Retrieval;
  /** Of one person in a search, wherever they stand. */
  readonly standings: Standings;
  /** What the tenant's postings and the shared reference say together. */
  readonly market: Market;
  /** What the last recount found of both, per skill. */
  readonly neighbourhoods: Neighbourhoods;
  readonly postings: Postings;
  readonly embedder: Embedder;
  readonly lexicon: Lexicon;
  readonly taxonomy: TaxonomyArtifact;
  /** What titles mean, for ranking the taxonomy; the same whichever embedder is configured. */
  readonly localModel: LocalModel;
  /** Hosted language models, each to be asked within the tenant's budget. */
  readonly languageModels: LanguageModels;
  readonly budgets: Budgets;
  readonly occupationOverrides: OccupationOverrides;
  readonly titleEvidence: TitleEvidence;
  readonly titleProposals: TitleProposals;
  readonly documents: { read(file: DocumentFile): Promise<DocumentText> };
  readonly members: Members;
  /** The Firebase accounts of the tenant's people. */
  readonly accounts: Accounts;
  readonly apiKeys: ApiKeys;
  readonly oauthClients: OAuthClients;
  /** Opened for holders of a `tenants:` scope only. */
  readonly operator: OperatorTools;
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

/** A client whose secret was right. */
export interface ProvenClient {
  readonly clientId: ClientId;
  readonly tenant: TenantId;
  readonly scopes: ReadonlySet<Scope>;
}

/** What an endpoint that anybody may call may be given; none of it holds a tenant's data. */
export interface PublicTools {
  /** Who a client is, by its secret. @throws OAuthRefusal `invalid_client`, the same for every reason; 429 */
  readonly clients: { prove(clientId: string, secret: string): Promise<ProvenClient> };
  readonly tokens: { issue(client: ProvenClient, scopes: readonly Scope[]): Promise<IssuedToken> };
  readonly signingKeys: { published(): Promise<readonly PublicJwk[]> };
  /** The public URL by which we are known. */
  readonly issuer: { readonly url: string };
}
export type PublicToolName = keyof PublicTools;

export interface IssuedToken {
  readonly token: string;
  readonly seconds: number;
}

export type PublicContext<Name extends PublicToolName = never> = Omit<Call, 'caller'> & Pick<PublicTools, Name>;
