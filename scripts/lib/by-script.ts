import { randomUUID } from 'node:crypto';
import type { Attribution } from '../../functions/src/context.ts';

/** What the audit log says of a change that a script made. */
export const byScript = (name: string, actor = process.env['USER'] || 'unknown'): Attribution => ({
  actorKind: 'operator',
  actor,
  by: `script.${name}`,
  requestId: randomUUID(),
  address: '',
});
