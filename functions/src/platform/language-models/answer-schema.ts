import { z } from 'zod';
import type { JsonSchema } from './protocol.ts';

// What Gemini's documents list for `responseJsonSchema`; other words are at best ignored.
const known = new Set([
  '$ref',
  '$defs',
  'type',
  'format',
  'title',
  'description',
  'enum',
  'items',
  'prefixItems',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'anyOf',
  'oneOf',
  'properties',
  'additionalProperties',
  'required',
]);
// Long limits of arrays are refused as "too many states"; the shape holds them when the answer is read.
const longestLimit = 20;
const made = new WeakMap<z.ZodType, JsonSchema>();

/** The shape as a JSON Schema that hosted models take. It guides them; what they answer is still parsed with the shape itself. */
export function answerSchema(shape: z.ZodType): JsonSchema {
  const before = made.get(shape);
  if (before) return before;
  const schema = narrow(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
  made.set(shape, schema);
  return schema;
}

function narrow(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'const') return [['enum', [value]]];
    if (!known.has(key) || isEndless(key, value)) return [];
    if (key === 'properties' || key === '$defs') return [[key, mapValues(value as Record<string, JsonSchema>)]];
    return [[key, narrowed(value, key)]];
  });
  return Object.fromEntries(entries);
}

const mapValues = (schemas: Readonly<Record<string, JsonSchema>>) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, narrow(schema)]));

function narrowed(value: unknown, key: string): unknown {
  if (key === 'enum' || key === 'required') return value;
  if (Array.isArray(value)) return value.map((one) => (isSchema(one) ? narrow(one) : one));
  return isSchema(value) ? narrow(value) : value;
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEndless = (key: string, value: unknown) =>
  (/^m(in|ax)Items$/.test(key) && (value as number) > longestLimit) ||
  (/^m(in|ax)imum$/.test(key) && Math.abs(value as number) >= Number.MAX_SAFE_INTEGER);
