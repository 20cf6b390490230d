import cast from '../../demo/cast.json' with { type: 'json' };

/** The people of the demo: who they are, where they work, how they sign in on this machine. */
export const people = cast;

export const tenants = { acme: 'Acme', globex: 'Globex' } as const;
