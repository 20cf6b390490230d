import type { Caller, Context } from '../context.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import { Problem } from '../contract/errors.ts';
import { log } from '../platform/log.ts';
import { admitTenant, requireScope } from './admit.ts';
import { dropAnswers, throughCache } from './answer-cache.ts';
import { callerOf, type Proof } from './authenticate.ts';
import { toProblem } from './error-funnel.ts';
import { openTools } from './tools.ts';
import { validateInput } from './validate.ts';

/** What a dialect hands over: raw parts of one call, nothing trusted yet. */
export interface Incoming {
  readonly requestId: string;
  readonly trace: string | undefined;
  readonly dialect: 'callable' | 'rest';
  readonly tenantHeader: string | undefined;
  /** Verified claims; asked for once, first. */
  proof(): Promise<Proof | undefined>;
  /** Only asked for once the caller may know what is wrong with it. */
  input(): unknown;
}

export type Outcome =
  | { readonly ok: true; readonly reply: Record<string, unknown>; readonly cacheHit: boolean; readonly tookMs: number }
  | { readonly ok: false; readonly problem: Problem; readonly tookMs: number };

/** The walk of every call, top to bottom. Never throws: what goes wrong is in the outcome. */
export async function walk(endpoint: AnyEndpoint, incoming: Incoming): Promise<Outcome> {
  const started = performance.now();
  const now = new Date();
  let caller: Caller | undefined;
  let outcome: Outcome;
  try {
    caller = await callerOf(await incoming.proof());
    await admitTenant(caller, incoming.tenantHeader);
    requireScope(caller, endpoint.scope);
    const input = validateInput(endpoint.input, incoming.input());
    const call = { caller, requestId: incoming.requestId, now };
    const { answer, hit } = await throughCache(endpoint, caller.tenant, input, () => compute(endpoint, call, input));
    const reply = stamp(endpoint, answer, incoming.requestId, hit);
    outcome = { ok: true, reply, cacheHit: hit, tookMs: performance.now() - started };
  } catch (error) {
    outcome = { ok: false, problem: toProblem(error, incoming.requestId), tookMs: performance.now() - started };
  }
  report(endpoint, incoming, caller, outcome);
  return outcome;
}

async function compute(endpoint: AnyEndpoint, call: { caller: Caller; requestId: string; now: Date }, input: unknown) {
  const tools = await openTools(endpoint.needs, call.caller.tenant);
  try {
    const answer = await withinLimit(endpoint, (signal) =>
      endpoint.handler({ ctx: { ...call, signal, ...tools } as Context<keyof typeof tools>, input }),
    );
    return endpoint.output.parse(answer);
  } finally {
    await dropAnswers(call.caller.tenant, endpoint.emits);
  }
}

async function withinLimit<T>(endpoint: AnyEndpoint, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const problem = new Problem('call.timeout');
      limit.abort(problem);
      reject(problem);
    }, endpoint.limits.timeoutSeconds * 1_000);
  });
  try {
    return await Promise.race([work(limit.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

// The answer was parsed when it was computed; `replySchema` describes what these two fields make of it.
function stamp(endpoint: AnyEndpoint, answer: unknown, requestId: string, cacheHit: boolean) {
  return { ...(answer as Record<string, unknown>), requestId, ...(endpoint.cache === 'never' ? {} : { cacheHit }) };
}

function report(endpoint: AnyEndpoint, incoming: Incoming, caller: Caller | undefined, outcome: Outcome): void {
  log(outcome.ok || outcome.problem.code !== 'internal' ? 'info' : 'error', 'call', {
    endpoint: endpoint.id,
    dialect: incoming.dialect,
    requestId: incoming.requestId,
    'logging.googleapis.com/trace': incoming.trace,
    tenant: caller?.tenant,
    actor: caller?.actor,
    code: outcome.ok ? 'ok' : outcome.problem.code,
    cacheHit: outcome.ok ? outcome.cacheHit : undefined,
    tookMs: Math.round(outcome.tookMs * 10) / 10,
  });
}
