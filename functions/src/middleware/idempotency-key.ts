import type { AnyEndpoint } from '../contract/endpoint.ts';
import { Problem } from '../contract/errors.ts';
import type { Incoming } from './pipeline.ts';

const shape = /^[\x21-\x7e]{16,255}$/;

/**
 * The key of a call that writes, and the input without it. The Firebase SDK sends no headers of one's own, so a callable may
 * have it as `idempotencyKey` beside its input. A call that only reads has none, whatever it sends.
 * @throws Problem `input.invalid` naming the key
 */
export function takeIdempotencyKey(
  endpoint: Pick<AnyEndpoint, 'effect'>,
  incoming: Pick<Incoming, 'dialect' | 'idempotencyKey' | 'input'>,
): { key: string | undefined; input: unknown } {
  const input = incoming.input();
  if (endpoint.effect === 'reads') return { key: undefined, input };
  const inHeader = checked('Idempotency-Key', incoming.idempotencyKey);
  const isRecord = typeof input === 'object' && input !== null && !Array.isArray(input);
  if (incoming.dialect === 'rest' || !isRecord || !Object.hasOwn(input, field)) return { key: inHeader, input };
  const { [field]: given, ...rest } = input as Record<string, unknown>;
  const inInput = checked(field, given);
  if (inHeader !== undefined && inInput !== undefined && inHeader !== inInput)
    throw new Problem('input.invalid', [{ path: field, message: 'differs from the header Idempotency-Key' }]);
  return { key: inInput ?? inHeader, input: rest };
}

const field = 'idempotencyKey';

function checked(path: string, key: unknown): string | undefined {
  if (key === undefined || (typeof key === 'string' && shape.test(key))) return key;
  throw new Problem('input.invalid', [{ path, message: 'must be 16 to 255 visible ASCII characters' }]);
}
