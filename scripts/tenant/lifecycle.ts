import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { TenantId } from '../../functions/src/contract/ids.ts';
import { Email } from '../../functions/src/contract/member.ts';
import { tenantView } from '../../functions/src/contract/tenant.ts';
import { resumeTenant, suspendTenant } from '../../functions/src/domain/admin/change-tenant-status.ts';
import { bootstrap, type CreatedTenant, createTenant } from '../../functions/src/domain/admin/create-tenant.ts';
import { drainSeconds, offboardTenant } from '../../functions/src/domain/admin/offboard-tenant.ts';
import type { ListedTenant } from '../../functions/src/stores/tenancies.ts';
import type { Opened } from '../tenant.ts';
import { confirmed, tell, tellOnce } from './tell.ts';

const columns = ['tenant', 'name', 'status', 'created'];
const rowOf = (tenant: ListedTenant) => [tenant.tenantId, tenant.name, tenant.status, tenant.createdAt ?? ''];

function tellCreated(json: boolean, { tenant, invitation, credentials }: CreatedTenant): void {
  const once = {
    passwordLink: invitation?.passwordLink,
    apiKey: credentials?.key,
    clientId: credentials?.client.clientId,
    clientSecret: credentials?.clientSecret,
  };
  tell(json, { ...tenantView(tenant), ...once }, columns, [rowOf(tenant)]);
  tellOnce(json, once);
}

/** `create`, `list`, `suspend`, `resume`, `offboard` and `bootstrap`. */
export function lifecycle(program: Command, opened: Opened): void {
  program
    .command('bootstrap')
    .description('make the operators’ own tenant and its first operator; once for a project')
    .requiredOption('--email <address>', 'the first operator')
    .action(async ({ email }: { email: string }, command: Command) => {
      const { operator, json } = await opened(command);
      tellCreated(json, await bootstrap(operator, Email.parse(email)));
    });
  program
    .command('create <tenant>')
    .description('make a tenant; the same command again goes on where one stopped')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--admin <address>', 'its first administrator')
    .option('--dedicated-partitions', 'tables of its own from the first day', false)
    .option('--no-credentials', 'without a first API key and OAuth client')
    .action(
      async (
        id: string,
        options: { name: string; admin: string; dedicatedPartitions: boolean; credentials: boolean },
        command: Command,
      ) => {
        const { operator, json } = await opened(command);
        const { name, admin, dedicatedPartitions, credentials } = options;
        const input = {
          tenantId: TenantId.parse(id),
          name,
          adminEmail: Email.parse(admin),
          dedicatedPartitions,
          credentials,
        };
        tellCreated(json, await createTenant(operator, input));
      },
    );
  program
    .command('list')
    .description('every tenant and its state')
    .action(async (_: object, command: Command) => {
      const { operator, json } = await opened(command);
      const tenants: ListedTenant[] = [];
      for (
        let page = await operator.tenancies.list(200);
        page.length > 0;
        page = await operator.tenancies.list(200, page.at(-1)?.tenantId)
      )
        tenants.push(...page);
      tell(json, tenants.map(tenantView), columns, tenants.map(rowOf));
    });
  for (const [verb, change, description] of [
    ['suspend', suspendTenant, 'refuse every call of a tenant; nothing is lost'],
    ['resume', resumeTenant, 'end a suspension'],
  ] as const)
    program
      .command(`${verb} <tenant>`)
      .description(description)
      .action(async (id: string, _: object, command: Command) => {
        const { operator, json } = await opened(command);
        const tenant = await change(operator, TenantId.parse(id));
        tell(json, tenantView(tenant), columns, [rowOf(tenant)]);
      });
  program
    .command('offboard <tenant>')
    .description('close, export and erase a tenant, and file a receipt; may be stopped and run again')
    .option('--yes-erase <tenant>', 'the id once more, where nobody can type it')
    .option('--drain <seconds>', 'how long calls under way may still write', String(drainSeconds))
    .action(async (id: string, options: { yesErase?: string; drain: string }, command: Command) => {
      const { operator, json, actor } = await opened(command);
      const tenantId = TenantId.parse(id);
      const request = { tenantId, confirm: await confirmed(tenantId, options.yesErase), requestedBy: actor };
      const pace = { isTimeUp: () => false, drainSeconds: Number(options.drain) };
      for (let last = ''; ; await sleep(1_000)) {
        const { state, parts, receipt } = await offboardTenant(operator, request, pace);
        if (receipt) {
          const rows = Object.entries(receipt.erased).map(([store, count]) => [
            store,
            count,
            receipt.remaining[store] ?? 0,
          ]);
          tell(json, receipt, ['store', 'erased', 'left'], rows);
          if (!json)
            console.log(
              `\nexport: ${receipt.export.place}/${receipt.export.manifest}\n        sha256 ${receipt.export.sha256}`,
            );
          return;
        }
        if (state !== last) console.error(`${state}, ${parts.length} files`);
        last = state;
      }
    });
}
