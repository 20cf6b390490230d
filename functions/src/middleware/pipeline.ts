import type { Attribution, Caller, Context } from '../context.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import type { Problem } from '../contract/errors.ts';
import type { Trace } from '../contract/trace.ts';
import { type CallFacts, newCallFacts, withCallFacts } from '../platform/call-facts.ts';
import { noticeAccessEpoch } from '../stores/access.ts';
import { admitTenant, requireScope } from './admit.ts';
import { type AnswerText, dropAnswers, throughCache } from './answer-cache.ts';
import { type Claimant, callerOf, claimantOf, type Proof } from './authenticate.ts';
import { reportCall } from './call-log.ts';
import { toProblem } from './error-funnel.ts';
import { type OnceAnswer, onceOnly, replayHeaders } from './idempotency.ts';
import { takeIdempotencyKey } from './idempotency-key.ts';
import { takeTurn } from './rate-limit.ts';
import { isRefusal, recordRefused } from './refuse.ts';
import { type StepClock, stepClock } from './step-clock.ts';
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
  /** The header of that name. */
  readonly idempotencyKey: string | undefined;
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
export type Success = Told & OnceAnswer & { readonly ok: true };
export type Failure = Told & { readonly ok: false; readonly problem: Problem };
export type Outcome = Success | Failure;

/** The walk of every call, top to bottom. Never throws: what goes wrong is in the outcome. */
export async function walk(endpoint: AnyEndpoint, incoming: Incoming): Promise<Outcome> {
  const facts = newCallFacts(incoming.trace);
  return withCallFacts(facts, async () => {
    const { step, tookMs } = stepClock(facts.steps);
    const now = new Date();
    let claimant: Claimant | undefined;
    let headers: Readonly<Record<string, string>> = {};
    let outcome: Outcome;
    try {
      const proof = await step('prove', () => incoming.proof());
      claimant = claimantOf(proof, incoming.apiKey);
      const { caller, turn } = await letIn(endpoint, incoming, proof, step);
      headers = turn.headers;
      facts.limitedBy = turn.where;
      const { key, input } = await step('validate', async () => {
        const given = takeIdempotencyKey(endpoint, incoming);
        return { ...given, input: validateInput(endpoint.input, given.input) };
      });
      const by = attributionOf(endpoint, incoming, { ...caller, keyId: caller.apiKey?.keyId }, facts);
      const call = { caller, requestId: incoming.requestId, now };
      const answer = await step('answer', () =>
        onceOnly({ endpoint, tenant: caller.tenant, by, key, input }, (claim) =>
          throughCache(endpoint, caller.tenant, input, () => compute(endpoint, call, { ...by, claim }, input)),
        ),
      );
      if (answer.firstRequestId) headers = { ...headers, ...replayHeaders };
      outcome = { ok: true, ...answer, headers, tookMs: tookMs() };
    } catch (error) {
      const problem = toProblem(error, incoming.requestId);
      const refused = isRefusal(problem) ? claimant : undefined;
      if (refused) {
        const by = attributionOf(endpoint, incoming, refused, facts);
        await step('record', () => recordRefused(refused, by, problem.code));
      }
      outcome = { ok: false, problem, headers: { ...headers, ...problem.headers }, tookMs: tookMs() };
    }
    reportCall(endpoint, incoming, claimant, facts, outcome);
    return outcome;
  });
}

/** Who asks, once they may: proven, of an active tenant, with the scope, and with a turn under every limit. */
async function letIn(endpoint: AnyEndpoint, incoming: Incoming, proof: Proof | undefined, step: StepClock['step']) {
  const admit = async () => {
    const caller = await step('authenticate', () => callerOf(proof, incoming.apiKey));
    const tenant = await step('admit', () => admitTenant(caller, incoming.tenantHeader));
    requireScope(caller, endpoint.scope);
    return { caller, tenant };
  };
  const { caller, tenant } = await admit();
  const turn = await step('turn', () => takeTurn(endpoint, caller, tenant));
  const isOutOfDate = turn.accessEpoch !== undefined && noticeAccessEpoch(caller.tenant, turn.accessEpoch);
  return { turn, caller: isOutOfDate ? (await admit()).caller : caller };
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
  { kind, actor, keyId }: Claimant,
  facts: CallFacts,
): Attribution => ({
  actorKind: kind,
  actor,
  by: endpoint.id,
  requestId,
  address,
  keyId,
  onRecorded: (entry) => facts.audited.push(entry),
});
