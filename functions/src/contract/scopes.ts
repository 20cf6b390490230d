/** What a role may do. Roles come from server-set claims only. */
export const rolesToScopes = {
  recruiter: ['candidates:read', 'candidates:write', 'embeddings:read', 'embeddings:write', 'search:read'],
  admin: ['candidates:read', 'candidates:write', 'embeddings:read', 'embeddings:write', 'search:read'],
  auditor: ['candidates:read', 'search:read'],
  operator: [],
} as const satisfies Record<string, readonly string[]>;

export type Role = keyof typeof rolesToScopes;
export type Scope = (typeof rolesToScopes)[Role][number];

/** The scopes of all given roles together; a name that is no role gives none. */
export function scopesOf(roles: readonly string[]): ReadonlySet<Scope> {
  const known = roles.filter((role): role is Role => Object.hasOwn(rolesToScopes, role));
  return new Set(known.flatMap((role) => [...rolesToScopes[role]]));
}
