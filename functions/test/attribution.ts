import type { Attribution } from '../src/context.ts';

/** On whose behalf a test works that asks a store directly. */
export const byTests: Attribution = {
  actorKind: 'system',
  actor: 'test',
  by: 'script.test',
  requestId: 'request-of-a-test',
  address: '',
};
