import type { Attribution, Caller, Context } from '../context.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import type { Problem } from '../contract/errors.ts';
import type { Trace } from '../contract/trace.ts';
import { type CallFacts, newCallFacts, withCallFacts } from '../platform/call-facts.ts';
import { admitTenant, requireScope } from './admit.ts';
import { type AnswerText, type CachedAnswer, dropAnswers, throughCache } from './answer-cache.ts';
import { callerOf, type Proof } from './authenticate.ts';
import { reportCall } from './call-log.ts';
import { toProblem } from './error-funnel.ts';
import { takeTurn } from './rate-limit.ts';
import { stepClock } from './step-clock.ts';
import { withinLimit } from './time-limit.ts';
import { openTools } from './tools.ts';
import { validateInput } from './validate.ts';

/** What a dialect hands over: raw parts of one call, nothing trusted yet. */
export interface Incoming {
  readonly dialect: 'callable' | 'rest';
  readonly requestId: string;
  readonly trace: Trace;
  /** The network address the call came from, as the platform saw it. */
  readonly address: string;
  readonly tenantHeader: string | undefined;
  readonly apiKey: string | undefined;
  /** Verified claims; asked for once, first. */
  proof(): Promise<Proof | undefined>;
  /** Only asked for once the caller may know what is wrong with it. */
  input(): unknown;
}

interface Told {
  /** Response headers, whatever the dialect. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tookMs: number;
}
export type Success = Told & CachedAnswer & { readonly ok: true };
export type Failure = Told & { readonly ok: false; readonly problem: Problem };
export type Outcome = Success | Failure;

/** The walk of every call, top to bottom. Never throws: what goes wrong is in the outcome. */
export async function walk(endpoint: AnyEndpoint, incoming: Incoming): Promise<Outcome> {
  const facts = newCallFacts(incoming.trace);
  return withCallFacts(facts, async () => {
    const { step, tookMs } = stepClock(facts.steps);
    const now = new Date();
    const headers: Record<string, string> = {};
    let caller: Caller | undefined;
    let outcome: Outcome;
    try {
      const asked = await step('authenticate', async () => callerOf(await incoming.proof(), incoming.apiKey));
      caller = asked;
      const tenant = await step('admit', () => admitTenant(asked, incoming.tenantHeader));
      requireScope(asked, endpoint.scope);
      const turn = await step('turn', () => takeTurn(endpoint, asked, tenant));
      Object.assign(headers, turn.headers);
      facts.limitedBy = turn.where;
      const input = await step('validate', async () => validateInput(endpoint.input, incoming.input()));
      const call = { caller: asked, requestId: incoming.requestId, now };
      const by = attributionOf(endpoint, incoming, asked, facts);
      const answer = await step('answer', () =>
        throughCache(endpoint, asked.tenant, input, () => compute(endpoint, call, by, input)),
      );
      outcome = { ok: true, ...answer, headers, tookMs: tookMs() };
    } catch (error) {
      const problem = toProblem(error, incoming.requestId);
      outcome = { ok: false, problem, headers: { ...headers, ...problem.headers }, tookMs: tookMs() };
    }
    reportCall(endpoint, incoming, caller, facts, outcome);
    return outcome;
  });
}

async function compute(
  endpoint: AnyEndpoint,
  call: { caller: Caller; requestId: string; now: Date },
  by: Attribution,
  input: unknown,
): Promise<AnswerText> {
  const tools = await openTools(endpoint.needs, call.caller, by);
  try {
    const answer = await withinLimit(endpoint.limits.timeoutSeconds, (signal) =>
      endpoint.handler({ ctx: { ...call, signal, ...tools } as Context<keyof typeof tools>, input }),
    );
    const told = endpoint.output.parse(answer);
    const degraded: unknown = told['degraded'];
    return { text: JSON.stringify(told), degraded: Array.isArray(degraded) ? degraded.map(String) : [] };
  } finally {
    await dropAnswers(call.caller.tenant, endpoint.emits);
  }
}

const attributionOf = (
  endpoint: AnyEndpoint,
  { requestId, address }: Incoming,
  caller: Caller,
  facts: CallFacts,
): Attribution => ({
  actorKind: caller.kind,
  actor: caller.actor,
  by: endpoint.id,
  requestId,
  address,
  keyId: caller.apiKey?.keyId,
  onRecorded: (entry) => facts.audited.push(entry),
});
