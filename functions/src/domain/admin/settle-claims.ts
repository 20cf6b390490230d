import type { Context } from '../../context.ts';
import type { MemberId } from '../../contract/ids.ts';

const attempts = 3;

/**
 * Makes an account's claims follow its member's document. A call is let in by what both say, and the document is written
 * first: whoever is stopped between the two leaves somebody with less than they should have, never with more, and
 * doing the same again mends it. A change that comes in between is seen and followed too.
 */
export async function settleClaims(
  { members, accounts }: Pick<Context<'members' | 'accounts'>, 'members' | 'accounts'>,
  uid: MemberId,
): Promise<void> {
  let settled: string | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const member = await members.findById(uid);
    const wanted = member?.status === 'active' ? member.roles : null;
    if (settled === JSON.stringify(wanted)) return;
    await (wanted ? accounts.grant(uid, wanted) : accounts.revoke(uid));
    settled = JSON.stringify(wanted);
  }
}
