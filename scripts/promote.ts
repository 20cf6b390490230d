import { promoteTenants, promotionThreshold } from '../functions/src/domain/admin/promote-tenants.ts';
import { asOperator } from '../functions/src/middleware/as-operator.ts';
import { readOptions } from './lib/options.ts';

const help = `Usage: OPERATOR_DATABASE_URL=postgres://... npm run promote [-- --threshold ${promotionThreshold}]

Gives every tenant with at least so many candidates partitions and indexes of its own, as the nightly indexMaintenance does.
A tenant whose new index finds too little of what an exact scan finds stays where it is.`;

const values = readOptions(help, { threshold: { type: 'string', default: String(promotionThreshold) } });
const threshold = Number(values.threshold);
if (!Number.isInteger(threshold) || threshold < 1) {
  console.error(`--threshold takes a whole number from 1, not "${values.threshold}"`);
  process.exit(2);
}
const promotions = await asOperator(({ partitions }) => promoteTenants(partitions, threshold));
for (const { tenant, outcome, recall, seconds } of promotions)
  console.log(`${tenant}: ${outcome}, recall@20 ${recall ?? '-'}, ${seconds} s`);
if (promotions.length === 0)
  console.log(`no tenant with ${threshold} candidates or more shares the default partitions`);
