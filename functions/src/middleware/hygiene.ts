import type { Detail } from '../contract/errors.ts';
import { Problem } from '../contract/errors.ts';

const maxDepth = 12;
const tooDeep = `is nested deeper than ${maxDepth}`;
const recursionDepth = 100;
const maxValues = 200_000;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Refuses what no field of ours may hold, before any schema looks: NUL bytes, lone surrogates, numbers that are not
 * finite, prototype keys, nesting deeper than `maxDepth`, more than 200,000 values.
 * @throws Problem `input.invalid` naming the first such field
 */
export function refuseUncleanInput(input: unknown): void {
  let values = 0;
  const pending: { value: unknown; path: string; depth: number }[] = [{ value: input, path: '', depth: 0 }];
  for (let at = pending.pop(); at; at = pending.pop()) {
    const { value, path, depth } = at;
    const problem = ++values > maxValues ? 'holds more than 200,000 values' : problemOf(value, depth);
    if (problem) throw new Problem('input.invalid', [detail(path, problem)]);
    if (Array.isArray(value)) {
      value.forEach((item, i) => pending.push({ value: item, path: `${path}[${i}]`, depth: depth + 1 }));
    } else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) {
        const below = path === '' ? key : `${path}.${key}`;
        if (forbiddenKeys.has(key)) throw new Problem('input.invalid', [detail(below, 'is a reserved name')]);
        if (!isClean(key))
          throw new Problem('input.invalid', [detail(path, 'has a key with a NUL byte or a lone surrogate')]);
        pending.push({ value: (value as Record<string, unknown>)[key], path: below, depth: depth + 1 });
      }
    }
  }
}

/**
 * The problem of a body that is nested so deeply that a reader by recursion would fail on it, far beyond what
 * `refuseUncleanInput` allows; found without recursion. Undefined for every other.
 */
export function bottomlessProblem(body: unknown): Problem | undefined {
  let level: unknown[] = [body];
  for (let depth = 0; depth <= recursionDepth; depth++) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    if (level.length === 0) return undefined;
  }
  return new Problem('input.invalid', [detail('', tooDeep)]);
}

function problemOf(value: unknown, depth: number): string | undefined {
  if (depth > maxDepth) return tooDeep;
  if (typeof value === 'string' && !isClean(value)) return 'holds a NUL byte or a lone surrogate';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'is not a finite number';
  return undefined;
}

const isClean = (text: string) => text.isWellFormed() && !text.includes('\0');

// A path is echoed to the caller, so it is cut and kept printable.
const detail = (path: string, message: string): Detail => ({ path: path.toWellFormed().slice(0, 200), message });
