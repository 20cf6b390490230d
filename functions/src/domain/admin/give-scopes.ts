import type { Call, Caller } from '../../context.ts';
import { Problem } from '../../contract/errors.ts';
import type { DelegableScope, Scope } from '../../contract/scopes.ts';

/** Who gives a credential its scopes, and when; an operator's script holds what it is allowed to give. */
export interface Giver extends Pick<Call, 'now'> {
  readonly caller: Pick<Caller, 'scopes'>;
}

/** Nobody gives what they do not hold themselves. @throws Problem `auth.scope_missing` naming the scopes */
export function giveScopes(held: ReadonlySet<Scope>, scopes: readonly DelegableScope[]): readonly DelegableScope[] {
  const details = scopes.flatMap((scope, i) =>
    held.has(scope) ? [] : [{ path: `scopes[${i}]`, message: `needs ${scope}, to give it to others` }],
  );
  if (details.length > 0) throw new Problem('auth.scope_missing', details);
  return [...new Set(scopes)];
}

const dayMs = 86_400_000;
export const inDays = (now: Date, days: number): Date => new Date(now.getTime() + days * dayMs);
