import { readConfig } from '../config.ts';
import type { Caller } from '../context.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import type { CallFacts } from '../platform/call-facts.ts';
import { log } from '../platform/log.ts';
import type { Incoming, Outcome } from './pipeline.ts';
import { statusOf } from './status.ts';

/** The one line of a call, for Cloud Logging: ids, codes and numbers; no text of the request, no name, no address. */
export function reportCall(
  endpoint: AnyEndpoint,
  incoming: Incoming,
  caller: Caller | undefined,
  facts: CallFacts,
  outcome: Outcome,
): void {
  const code = outcome.ok ? 'ok' : outcome.problem.code;
  log(severityOf(code), 'call', {
    endpoint: endpoint.id,
    dialect: incoming.dialect,
    tenant: caller?.tenant,
    actor: caller?.actor,
    actorKind: caller?.kind,
    keyId: caller?.apiKey?.keyId,
    requestId: incoming.requestId,
    ...traceFields(facts),
    code,
    status: outcome.ok ? 200 : statusOf(outcome.problem.kind),
    tookMs: round(outcome.tookMs),
    steps: Object.fromEntries(Object.entries(facts.steps).map(([name, ms]) => [name, round(ms)])),
    database: { statements: facts.databaseStatements, tookMs: round(facts.databaseMs) },
    cache: outcome.ok ? outcome.cache : undefined,
    degraded: outcome.ok && outcome.degraded.length > 0 ? outcome.degraded : undefined,
    costMicros: facts.costMicros,
    audit: facts.audited.length > 0 ? facts.audited : undefined,
  });
}

const severityOf = (code: string) => (code === 'internal' ? 'error' : 'info');

function traceFields({ trace }: CallFacts) {
  return {
    'logging.googleapis.com/trace': `projects/${readConfig().projectId}/traces/${trace.traceId}`,
    'logging.googleapis.com/spanId': trace.spanId,
    'logging.googleapis.com/trace_sampled': trace.sampled,
  };
}

const round = (ms: number) => Math.round(ms * 100) / 100;
