const reading = [
  'candidates:read',
  'search:read',
  'decisions:read',
  'enrichment:read',
  'occupations:read',
  'market:read',
] as const;
const recruiting = [
  ...reading,
  'candidates:write',
  'embeddings:read',
  'embeddings:write',
  'occupations:write',
  'postings:write',
  'enrichment:write',
] as const;
const auditing = ['audit:read', 'credentials:read', 'members:read'] as const;

/** What a role may do. Roles come from server-set claims only. `operator` counts in the operator's tenant alone. */
export const rolesToScopes = {
  recruiter: recruiting,
  admin: [...recruiting, ...auditing, 'credentials:write', 'members:write', 'occupations:admin'],
  auditor: [...reading, ...auditing],
  operator: ['tenants:read', 'tenants:write', 'market:read', 'postings:write'],
} as const satisfies Record<string, readonly string[]>;

export type Role = keyof typeof rolesToScopes;
export type Scope = (typeof rolesToScopes)[Role][number];

/** The roles an administrator can give to the members of their tenant. */
export const tenantRoles = ['recruiter', 'admin', 'auditor'] as const satisfies readonly Role[];

/** What an API key or an OAuth client can be given: no credential can make another, or change who is a member. */
export const delegableScopes = [...recruiting, 'audit:read'] as const satisfies readonly Scope[];
export type DelegableScope = (typeof delegableScopes)[number];

/** The scopes of all given roles together. */
export function scopesOf(roles: readonly Role[]): ReadonlySet<Scope> {
  return new Set(roles.flatMap((role) => [...rolesToScopes[role]]));
}
