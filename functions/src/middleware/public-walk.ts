import type { ProvenClient } from '../context.ts';
import type { RecordedEntry } from '../contract/audit.ts';
import { OAuthRefusal } from '../contract/oauth.ts';
import type { AnyPublicEndpoint, PublicRequest } from '../contract/public-endpoint.ts';
import type { Trace } from '../contract/trace.ts';
import { newCallFacts, withCallFacts } from '../platform/call-facts.ts';
import { reportPublicCall } from './call-log.ts';
import { toProblem } from './error-funnel.ts';
import { openPublicTools, type PublicAsker } from './public-tools.ts';
import { stepClock } from './step-clock.ts';
import { withinLimit } from './time-limit.ts';

export interface PublicIncoming {
  readonly requestId: string;
  readonly trace: Trace;
  /** The network address the call came from, as the platform saw it. */
  readonly address: string;
  readonly request: PublicRequest;
}

export type PublicOutcome = { readonly tookMs: number } & (
  | { readonly ok: true; readonly reply: unknown }
  | { readonly ok: false; readonly refusal: OAuthRefusal }
);

/** The walk of every public call. Never throws: what goes wrong is in the outcome. */
export async function walkPublic(endpoint: AnyPublicEndpoint, incoming: PublicIncoming): Promise<PublicOutcome> {
  const facts = newCallFacts(incoming.trace);
  return withCallFacts(facts, async () => {
    const { step, tookMs } = stepClock(facts.steps);
    let client: ProvenClient | undefined;
    const asker = {
      by: endpoint.id,
      requestId: incoming.requestId,
      address: incoming.address,
      onRecorded: (entry: RecordedEntry) => facts.audited.push(entry),
      proven: (proven: ProvenClient) => {
        client = proven;
      },
    };
    let outcome: PublicOutcome;
    try {
      const reply = await step('answer', () => answer(endpoint, incoming, asker));
      outcome = { ok: true, reply, tookMs: tookMs() };
    } catch (error) {
      outcome = { ok: false, refusal: refusalOf(error, incoming.requestId), tookMs: tookMs() };
    }
    reportPublicCall(endpoint, incoming, client, facts, outcome);
    return outcome;
  });
}

async function answer(endpoint: AnyPublicEndpoint, { requestId, request }: PublicIncoming, asker: PublicAsker) {
  refuseLongBody(endpoint, request);
  const tools = openPublicTools(endpoint.needs, asker);
  const told = await withinLimit(endpoint.limits.timeoutSeconds, (signal) =>
    endpoint.handler({ ctx: { requestId, now: new Date(), signal, ...tools }, request }),
  );
  return endpoint.output.parse(told);
}

function refuseLongBody({ limits: { bodyBytes } }: AnyPublicEndpoint, { body }: PublicRequest): void {
  if (body.byteLength > bodyBytes)
    throw new OAuthRefusal('invalid_request', `The body may hold at most ${bodyBytes} bytes.`);
}

function refusalOf(error: unknown, requestId: string): OAuthRefusal {
  if (error instanceof OAuthRefusal) return error;
  const { kind } = toProblem(error, requestId);
  return kind === 'unavailable' || kind === 'deadline-exceeded'
    ? new OAuthRefusal('temporarily_unavailable', 'Something we need did not answer; try again shortly.')
    : new OAuthRefusal('server_error', 'Something failed on our side.');
}
