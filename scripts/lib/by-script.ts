import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Attribution } from '../../functions/src/context.ts';

/** What the audit log says of a change that a script made. */
export const byScript = (name: string, actor = userInfo().username): Attribution => ({
  actorKind: 'operator',
  actor,
  by: `script.${name}`,
  requestId: randomUUID(),
  address: '',
});
