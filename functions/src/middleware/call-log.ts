import { readConfig } from '../config.ts';
import type { ProvenClient } from '../context.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import type { AnyPublicEndpoint } from '../contract/public-endpoint.ts';
import type { CallFacts } from '../platform/call-facts.ts';
import { log } from '../platform/log.ts';
import type { Claimant } from './authenticate.ts';
import type { Incoming, Outcome } from './pipeline.ts';
import type { PublicIncoming, PublicOutcome } from './public-walk.ts';
import { statusOf } from './status.ts';

/** The one line of a call, for Cloud Logging: ids, codes and numbers; no text of the request, no name, no address. */
export function reportCall(
  endpoint: AnyEndpoint,
  incoming: Incoming,
  claimant: Claimant | undefined,
  facts: CallFacts,
  outcome: Outcome,
): void {
  const code = outcome.ok ? 'ok' : outcome.problem.code;
  const status = outcome.ok ? 200 : statusOf(outcome.problem.kind);
  logCall(endpoint.id, incoming, claimant, facts, {
    code,
    status,
    tookMs: outcome.tookMs,
    cache: outcome.ok ? outcome.cache : undefined,
    degraded: outcome.ok && outcome.degraded.length > 0 ? outcome.degraded : undefined,
  });
}

/** The same of a call that anybody may make; `client` when it proved to be one. */
export function reportPublicCall(
  endpoint: AnyPublicEndpoint,
  incoming: PublicIncoming,
  client: ProvenClient | undefined,
  facts: CallFacts,
  outcome: PublicOutcome,
): void {
  const claimant = client && { tenant: client.tenant, actor: client.clientId, kind: 'client' as const };
  logCall(endpoint.id, { ...incoming, dialect: 'public' }, claimant, facts, {
    code: outcome.ok ? 'ok' : outcome.refusal.error,
    status: outcome.ok ? 200 : outcome.refusal.status,
    tookMs: outcome.tookMs,
  });
}

function logCall(
  endpoint: string,
  { dialect, requestId }: { dialect: string; requestId: string },
  claimant: Claimant | undefined,
  facts: CallFacts,
  told: {
    code: string;
    status: number;
    tookMs: number;
    cache?: string | undefined;
    degraded?: readonly string[] | undefined;
  },
): void {
  log(severityOf(told.code), 'call', {
    endpoint,
    dialect,
    tenant: claimant?.tenant,
    actor: claimant?.actor,
    actorKind: claimant?.kind,
    keyId: claimant?.keyId,
    requestId,
    ...traceFields(facts),
    ...told,
    tookMs: round(told.tookMs),
    steps: Object.fromEntries(Object.entries(facts.steps).map(([name, ms]) => [name, round(ms)])),
    database: { statements: facts.databaseStatements, tookMs: round(facts.databaseMs) },
    limitedBy: facts.limitedBy,
    costMicros: facts.costMicros,
    audit: facts.audited.length > 0 ? facts.audited : undefined,
  });
}

const severityOf = (code: string) => (code === 'internal' || code === 'server_error' ? 'error' : 'info');

function traceFields({ trace }: CallFacts) {
  return {
    'logging.googleapis.com/trace': `projects/${readConfig().projectId}/traces/${trace.traceId}`,
    'logging.googleapis.com/spanId': trace.spanId,
    'logging.googleapis.com/trace_sampled': trace.sampled,
  };
}

const round = (ms: number) => Math.round(ms * 100) / 100;
