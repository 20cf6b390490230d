import type { Context } from '../../context.ts';
import type { Role } from '../../contract/scopes.ts';
import type { ListedMember } from '../../stores/members.ts';
import { settleClaims } from './settle-claims.ts';

/** What inviting and changing members is done with. */
export type MemberTools = Pick<Context<'members' | 'accounts'>, 'members' | 'accounts'>;

export interface Invitation {
  readonly member: ListedMember;
  /** `already_member`: nothing was changed, the roles neither. */
  readonly outcome: 'invited' | 'already_member';
  /**
   * Where the person sets their password; a secret. Null for an account that somebody has used, since a link to it would
   * let whoever invites sign in as them.
   */
  readonly passwordLink: string | null;
}

/**
 * Makes the owner of an e-mail address a member, with an account if they have none. May be repeated.
 * @throws Problem `member.elsewhere`, `member.own_roles`, `account.unavailable`
 */
export async function inviteMember(
  tools: MemberTools,
  { email, roles }: { readonly email: string; readonly roles: readonly Role[] },
): Promise<Invitation> {
  const account = await tools.accounts.findOrCreate(email);
  const { member, added } = await tools.members.add(account.uid, account.email, roles);
  await settleClaims(tools, account.uid);
  return {
    member: { ...member, uid: account.uid },
    outcome: added ? 'invited' : 'already_member',
    passwordLink: account.isUnused ? await tools.accounts.passwordLink(account.email) : null,
  };
}
