import type { Attribution } from '../src/context.ts';

/** On whose behalf a test works that asks a store directly. */
export const somebody: Attribution = {
  actorKind: 'system',
  actor: 'tests',
  by: 'tests.run',
  requestId: 'request-of-a-test',
  address: '',
};
