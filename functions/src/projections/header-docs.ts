/** A header by its place among the document's components. */
const refs = (names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` as const }]));

const seconds = { type: 'integer', minimum: 0 } as const;

/** The response headers that operations have in common. */
export const headerComponents = {
  'RateLimit-Limit': {
    description: 'How many calls the nearest limit lets come together.',
    schema: { type: 'integer', minimum: 1 },
  },
  'RateLimit-Remaining': { description: 'How many of them are left.', schema: { type: 'integer', minimum: 0 } },
  'RateLimit-Reset': { description: 'Seconds until all of them are there again.', schema: seconds },
  'RateLimit-Policy': {
    description: 'That many calls, in so many seconds (`w`).',
    schema: { type: 'string' },
    example: '30;w=1',
  },
  'Retry-After': { description: 'Seconds after which the call may be sent again.', schema: seconds },
  'Idempotent-Replayed': {
    description: 'The work was done by an earlier call under this Idempotency-Key; this is what that call was told.',
    schema: { type: 'string', const: 'true' },
  },
} as const;
type HeaderName = keyof typeof headerComponents;

const limitNames = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'RateLimit-Policy'] as const;

export const limitHeaders = refs(limitNames);
export const retryHeaders = refs(['Retry-After']);
export const replayedHeaders = refs(['Idempotent-Replayed']);

/** The request headers that operations have in common. */
export const parameterComponents = {
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Makes it safe to send the call again: the work is done once, and for 24 hours whoever repeats the key with the same request is told the same, answer or refusal. Use a new random one, such as a UUID, for every new request: with the key the kept answer can be read.',
    schema: { type: 'string', minLength: 16, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
  },
} as const;

export const idempotencyKeyParameter = { $ref: '#/components/parameters/Idempotency-Key' } as const;
