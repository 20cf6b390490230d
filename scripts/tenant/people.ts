import type { Command } from 'commander';
import { MemberId, operatorTenant, TenantId } from '../../functions/src/contract/ids.ts';
import { Email, memberView } from '../../functions/src/contract/member.ts';
import { type Role, tenantRoles } from '../../functions/src/contract/scopes.ts';
import { changeMemberRoles } from '../../functions/src/domain/admin/change-member-roles.ts';
import { inviteMember } from '../../functions/src/domain/admin/invite-member.ts';
import { removeMember } from '../../functions/src/domain/admin/remove-member.ts';
import type { ListedMember } from '../../functions/src/stores/members.ts';
import type { Opened } from '../tenant.ts';
import { tell, tellOnce } from './tell.ts';

const columns = ['uid', 'e-mail', 'roles', 'status'];
const rowOf = (member: ListedMember) => [member.uid, member.email ?? '', member.roles.join(', '), member.status];

/** Only somebody with the operators' own access to the stores makes an operator, and only in the operators' tenant. */
function rolesIn(tenant: TenantId, text: string): Role[] {
  const known: readonly Role[] = tenant === operatorTenant ? [...tenantRoles, 'operator'] : tenantRoles;
  return text.split(',').map((name) => {
    const role = known.find((one) => one === name.trim());
    if (!role) throw new Error(`"${name.trim()}" is no role of this tenant; there are ${known.join(', ')}`);
    return role;
  });
}

/** `members invite|list|roles|remove`. */
export function people(program: Command, opened: Opened): void {
  const members = program.command('members').description('who belongs to a tenant');
  members
    .command('invite <tenant> <address>')
    .description('make the owner of an e-mail address a member')
    .requiredOption('--roles <roles>', `of ${tenantRoles.join(', ')}; several with commas`)
    .action(async (id: string, address: string, options: { roles: string }, command: Command) => {
      const { operator, json } = await opened(command);
      const tenant = TenantId.parse(id);
      await operator.tenancies.byId(tenant);
      const wanted = { email: Email.parse(address), roles: rolesIn(tenant, options.roles) };
      const { member, outcome, passwordLink } = await inviteMember(operator.of(tenant), wanted);
      tell(json, { ...memberView(member), outcome, passwordLink }, columns, [rowOf(member)]);
      tellOnce(json, { passwordLink });
    });
  members
    .command('list <tenant>')
    .description('everybody, those who were removed too')
    .action(async (id: string, _: object, command: Command) => {
      const { operator, json } = await opened(command);
      const { members: store } = operator.of((await operator.tenancies.byId(TenantId.parse(id))).tenantId);
      const all: ListedMember[] = [];
      for (let page = await store.list(200); page.length > 0; page = await store.list(200, page.at(-1)?.uid))
        all.push(...page);
      tell(json, all.map(memberView), columns, all.map(rowOf));
    });
  members
    .command('roles <tenant> <uid> <roles>')
    .description('give a member other roles; a last administrator stays one')
    .action(async (id: string, uid: string, roles: string, _: object, command: Command) => {
      const { operator, json } = await opened(command);
      const tenant = TenantId.parse(id);
      const member = await changeMemberRoles(operator.of(tenant), MemberId.parse(uid), rolesIn(tenant, roles));
      tell(json, memberView(member), columns, [rowOf(member)]);
    });
  members
    .command('remove <tenant> <uid>')
    .description('end a membership: refused from the next call on')
    .action(async (id: string, uid: string, _: object, command: Command) => {
      const { operator, json } = await opened(command);
      await removeMember(operator.of(TenantId.parse(id)), MemberId.parse(uid));
      tell(json, { uid, status: 'removed' }, ['uid', 'status'], [[uid, 'removed']]);
    });
}
