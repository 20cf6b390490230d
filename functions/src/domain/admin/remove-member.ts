import type { MemberId } from '../../contract/ids.ts';
import type { MemberTools } from './invite-member.ts';
import { settleClaims } from './settle-claims.ts';

/**
 * Ends a membership: refused from the next call on, signed out everywhere. The document stays, so that the audit log can
 * be read. May be repeated. @throws Problem `member.not_found`, `member.own_roles`, `member.last_admin`, `account.unavailable`
 */
export async function removeMember(tools: MemberTools, uid: MemberId): Promise<void> {
  await tools.members.remove(uid);
  await settleClaims(tools, uid);
}
