import {
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleWhen,
  type IBackoffFactory,
  type IRetryBackoffContext,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  isTaskCancelledError,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { ModelFailure, type ModelFailureCategory } from '../../contract/language-model.ts';

/** How long, how often and how much at once one provider is asked by this instance. */
export interface ResilienceSettings {
  readonly attemptMs: number;
  /** Attempts after the first. */
  readonly retries: number;
  readonly firstDelayMs: number;
  /** A provider that wants to be left alone for longer than this is not waited for. */
  readonly longestDelayMs: number;
  /** So many failures of the provider in a row open the circuit, for so long. */
  readonly failuresToOpen: number;
  readonly openMs: number;
  readonly atOnce: number;
  /** How many may wait for their turn; more are refused. */
  readonly waiting: number;
  /** A caller who gives up sooner than this says nothing about the provider. */
  readonly patienceMs: number;
}

export const usualResilience: ResilienceSettings = {
  attemptMs: 30_000,
  retries: 2,
  firstDelayMs: 250,
  longestDelayMs: 8_000,
  failuresToOpen: 5,
  openMs: 20_000,
  atOnce: 8,
  waiting: 32,
  patienceMs: 3_000,
};

export interface Resilience {
  /**
   * Runs `work`, again where that can help, until `signal`. What `work` throws is a ModelFailure; so is what this throws.
   * Whatever it waits for, it waits no longer than the signal.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

const faultsOfProvider: ReadonlySet<ModelFailureCategory> = new Set(['timeout', 'network', 'rate_limited', 'server']);

/** One for each provider and instance: its circuit and its turns are those of all callers. */
export function resilienceOf(name: string, settings: ResilienceSettings): Resilience {
  const turns = bulkhead(settings.atOnce, settings.waiting);
  const circuit = circuitBreaker(
    handleWhen((error) => isFault(error) && (!(error instanceof GaveUp) || countsAgainstProvider(error))),
    { halfOpenAfter: settings.openMs, breaker: new ConsecutiveBreaker(settings.failuresToOpen) },
  );
  // A probe that was given up is no sign of health.
  const countsAgainstProvider = ({ afterMs }: GaveUp) =>
    circuit.state === CircuitState.HalfOpen || afterMs >= settings.patienceMs;
  const shared = wrap(turns, circuit, timeout(settings.attemptMs, TimeoutStrategy.Cooperative));

  return {
    async run(work, signal) {
      let malformed = 0;
      const isWorthAnother = (error: unknown) => {
        if (!(error instanceof ModelFailure) || signal.aborted) return false;
        if (error.category === 'malformed') return ++malformed <= 1;
        return isFault(error) && (error.retryAfterMs ?? 0) <= settings.longestDelayMs;
      };
      const again = retry(handleWhen(isWorthAnother), { maxAttempts: settings.retries, backoff: backoffOf(settings) });
      const once = async (within: AbortSignal) => {
        const from = performance.now();
        return work(within).catch((error) => {
          throw signal.aborted && isFault(error) ? new GaveUp(error, performance.now() - from) : error;
        });
      };
      const late = new ModelFailure('timeout', `${name}: no answer within the caller's time`);
      if (signal.aborted) throw late;
      const ended = again.execute(() => shared.execute(({ signal: within }) => once(within), signal), signal);
      return beforeAbort(ended, signal, late).catch((error) => {
        throw failureOf(name, error) ?? (isTaskCancelledError(error) ? late : error);
      });
    },
  };
}

const isFault = (error: unknown): error is ModelFailure =>
  error instanceof ModelFailure && faultsOfProvider.has(error.category);

/** An attempt that its caller broke off. */
class GaveUp extends ModelFailure {
  readonly afterMs: number;

  constructor(failure: ModelFailure, afterMs: number) {
    super(failure.category, failure.message, { usage: failure.usage });
    this.afterMs = afterMs;
  }
}

function failureOf(name: string, error: Error): ModelFailure | undefined {
  if (isBrokenCircuitError(error)) return new ModelFailure('circuit_open', `${name}: failed too often to be asked now`);
  if (isBulkheadRejectedError(error)) return new ModelFailure('rate_limited', `${name}: too many wait for it here`);
  return undefined;
}

type Backoff = IBackoffFactory<IRetryBackoffContext<unknown>>;

/** Exponential with decorrelated jitter, and never sooner than the provider asks for. */
function backoffOf({ firstDelayMs, longestDelayMs }: ResilienceSettings): Backoff {
  const jitter = new ExponentialBackoff({ initialDelay: firstDelayMs, maxDelay: longestDelayMs });
  return new DelegateBackoff<IRetryBackoffContext<unknown>, ReturnType<typeof jitter.next>>(({ result }, before) => {
    const state = before ? before.next(undefined) : jitter.next();
    const { retryAfterMs = 0 } = 'error' in result ? (result.error as ModelFailure) : {};
    return { delay: Math.max(state.duration, retryAfterMs), state };
  });
}

/** Back-off and queues do not look at the signal, so whoever waits for them is let go here. */
async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal, failure: Error): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const letGo = () => reject(failure);
  signal.addEventListener('abort', letGo, { once: true });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', letGo));
}
