import type { MemberId } from '../../contract/ids.ts';
import type { Role } from '../../contract/scopes.ts';
import type { ListedMember } from '../../stores/members.ts';
import type { MemberTools } from './invite-member.ts';
import { settleClaims } from './settle-claims.ts';

/** @throws Problem `member.not_found`, `member.own_roles`, `member.last_admin`, `account.unavailable` */
export async function changeMemberRoles(
  tools: MemberTools,
  uid: MemberId,
  roles: readonly Role[],
): Promise<ListedMember> {
  const member = await tools.members.changeRoles(uid, roles);
  await settleClaims(tools, uid);
  return { ...member, uid };
}
