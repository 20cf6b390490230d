import type { z } from 'zod';
import { type Detail, Problem } from '../contract/errors.ts';
import { refuseUncleanInput } from './hygiene.ts';

/** The input as the contract describes it. @throws Problem `input.invalid` with at most 20 details, each naming a field */
export function validateInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  refuseUncleanInput(input);
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  throw new Problem('input.invalid', detailsOf(parsed.error));
}

/** Zod's issues as paths such as `filters.skills[2]`; a union is told by the branch that came closest. */
export function detailsOf(error: { issues: readonly z.core.$ZodIssue[] }): Detail[] {
  return error.issues.flatMap((issue) => expand(issue, [])).slice(0, 20);
}

function expand(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Detail[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...path, key]), message: 'is not a field of this contract' }));
  }
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a))[0] ?? [];
    if (closest.length > 0 && depthOf(closest) > 0) return closest.flatMap((inner) => expand(inner, path));
  }
  return [{ path: pathText(path), message: issue.message.slice(0, 300) }];
}

const depthOf = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));

const pathText = (path: readonly PropertyKey[]) =>
  path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part).slice(0, 100)}`))
    .join('')
    .toWellFormed()
    .slice(0, 200);
