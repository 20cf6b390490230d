import { onSchedule } from 'firebase-functions/scheduler';
import { operatorSecrets } from '../config/function-secrets.ts';
import { region } from '../config.ts';
import { promoteTenants } from '../domain/admin/promote-tenants.ts';
import { asOperator } from '../middleware/as-operator.ts';
import { report } from '../middleware/report.ts';

/** Every night: tenants that have outgrown the shared partitions get their own, with their own indexes. */
export const indexMaintenance = onSchedule(
  {
    schedule: '0 3 * * *',
    timeZone: 'America/Sao_Paulo',
    region,
    memory: '512MiB',
    timeoutSeconds: 1_800,
    retryCount: 1,
    secrets: operatorSecrets,
  },
  async () => {
    const promotions = await asOperator(({ partitions }) => promoteTenants(partitions));
    for (const promotion of promotions)
      report('tenant.promotion', promotion.outcome === 'promoted' ? 'info' : 'warning', { ...promotion });
    report('index-maintenance.done', 'info', { promotions: promotions.length });
  },
);
