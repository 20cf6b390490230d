import cast from '../../demo/cast.json' with { type: 'json' };
import type { Role } from '../../functions/src/contract/scopes.ts';

/** The people of the demo: who they are, where they work, how they sign in on this machine. */
export const people = cast as readonly ((typeof cast)[number] & { roles: Role[] })[];

export const tenants = { acme: 'Acme', globex: 'Globex', headhunter: 'Headhunter' } as const;
