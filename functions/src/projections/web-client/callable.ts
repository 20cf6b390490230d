import { patienceMs, type Transport } from './client.ts';
import { failureOf, HeadhunterError } from './error.ts';

/** The shape of `httpsCallable` of `firebase/functions`, with the instance of Functions already given. */
export type CallableFunctions = (
  name: string,
  options: { timeout: number },
) => (data: unknown) => Promise<{ readonly data: unknown }>;

/**
 * Calls through Firebase, which adds the signed-in user's token and App Check:
 * `callableTransport((name, options) => httpsCallable(getFunctions(app, region), name, options))`.
 */
export function callableTransport(functions: CallableFunctions): Transport {
  return async (route, input, { idempotencyKey }) => {
    // The SDK sends no headers of one's own, so the key goes beside the input.
    const told = route.writes && idempotencyKey !== undefined ? { ...input, idempotencyKey } : input;
    try {
      const { data } = await functions(route.name, { timeout: patienceMs(route) })(told);
      return data;
    } catch (error) {
      throw toFailure(error);
    }
  };
}

// The SDK names the kind as `functions/not-found` and hands our body over as `details`.
function toFailure(error: unknown): HeadhunterError {
  const { code, details } = (error ?? {}) as { code?: unknown; details?: unknown };
  const told = failureOf(details, error);
  if (told) return told;
  if (code === 'functions/unauthenticated') {
    return new HeadhunterError('auth.required', 'Sign in first: the call carried no token that was accepted.', {
      cause: error,
    });
  }
  if (code === 'functions/deadline-exceeded') {
    return new HeadhunterError('transport.timeout', 'The service did not answer in time.', { cause: error });
  }
  return new HeadhunterError('transport.unreachable', 'The service could not be reached.', { cause: error });
}
