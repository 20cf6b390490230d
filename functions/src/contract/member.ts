import { z } from 'zod';
import { MemberId } from './ids.ts';
import { type Role, rolesToScopes, tenantRoles } from './scopes.ts';

/** The roles of a member, each once; never `operator`. */
export const TenantRoles = z
  .array(z.enum(tenantRoles))
  .min(1)
  .max(tenantRoles.length)
  .refine((roles) => new Set(roles).size === roles.length, 'name each role once');

export const Email = z.string().max(254).trim().toLowerCase().pipe(z.email('must be an e-mail address'));

/** A person of the tenant. */
export const MemberView = z.strictObject({
  uid: MemberId,
  /** Null for members from before addresses were kept. */
  email: z.string().nullable(),
  /** None once the member is removed. */
  roles: z.array(z.enum(Object.keys(rolesToScopes) as Role[])),
  status: z.enum(['active', 'removed']),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
});

/** The parts of a member that are told. */
export function memberView(member: {
  readonly uid: MemberId;
  readonly email?: string | undefined;
  readonly roles: readonly Role[];
  readonly status: 'active' | 'removed';
  readonly createdAt?: string | undefined;
  readonly updatedAt?: string | undefined;
}): z.input<typeof MemberView> {
  const { uid, email = null, roles, status, createdAt = null, updatedAt = null } = member;
  return { uid, email, roles: [...roles], status, createdAt, updatedAt };
}

/** What comes of an invitation. */
export const InvitationView = z.strictObject({
  member: MemberView,
  outcome: z.enum(['invited', 'already_member']),
  passwordLink: z
    .url()
    .nullable()
    .describe(
      'Where the person sets their password: a secret for them alone. Null when somebody has used the account.',
    ),
});

export const invitationView = (invitation: {
  readonly member: Parameters<typeof memberView>[0];
  readonly outcome: 'invited' | 'already_member';
  readonly passwordLink: string | null;
}): z.input<typeof InvitationView> => ({ ...invitation, member: memberView(invitation.member) });
