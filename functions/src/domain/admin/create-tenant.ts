import { createHash } from 'node:crypto';
import type { OperatorTools } from '../../context.ts';
import { canonicalJson } from '../../contract/canonical-json.ts';
import { Problem } from '../../contract/errors.ts';
import { operatorTenant, type TenantId } from '../../contract/ids.ts';
import type { Role } from '../../contract/scopes.ts';
import type { ListedTenant } from '../../stores/tenancies.ts';
import { type FirstCredentials, firstCredentials } from './first-credentials.ts';
import { type Invitation, inviteMember } from './invite-member.ts';

export interface NewTenant {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly adminEmail: string;
  /** Partitions and indexes of its own from the first day, for a tenant that is known to be large. */
  readonly dedicatedPartitions: boolean;
  /** Whether it begins with an API key and an OAuth client. */
  readonly credentials: boolean;
}

export interface CreatedTenant {
  readonly tenant: ListedTenant;
  /** Null when an earlier, complete creation is repeated. */
  readonly invitation: Invitation | null;
  /** Null when none were asked for, and when an earlier, complete creation is repeated. */
  readonly credentials: FirstCredentials | null;
}

/** Called after each step by its name; a test ends the operation there. */
export type AfterStep = (step: string) => Promise<void>;

/**
 * Makes a tenant in steps, each of which may be repeated; until the last one it answers nobody. The same call goes on where
 * an earlier one stopped. @throws Problem `tenant.conflict` for an id that is reserved, was erased, or was made from other input
 */
export async function createTenant(
  operator: OperatorTools,
  input: NewTenant,
  after: AfterStep = async () => {},
): Promise<CreatedTenant> {
  if (input.tenantId === operatorTenant)
    throw new Problem('tenant.conflict', [{ path: 'tenantId', message: 'is reserved for the operators' }]);
  return provision(operator, input, ['admin'], after);
}

/** Makes the operators' own tenant and its first operator: the one tenant that no endpoint can make. */
export async function bootstrap(operator: OperatorTools, adminEmail: string): Promise<CreatedTenant> {
  const input = {
    tenantId: operatorTenant,
    name: 'Operators',
    adminEmail,
    dedicatedPartitions: false,
    credentials: false,
  };
  return provision(operator, input, ['operator', 'admin'], async () => {});
}

async function provision(
  operator: OperatorTools,
  input: NewTenant,
  roles: readonly Role[],
  after: AfterStep,
): Promise<CreatedTenant> {
  const { tenantId, name, adminEmail, dedicatedPartitions } = input;
  const tools = operator.of(tenantId);
  if ((await tools.rows.state()).isErased)
    throw new Problem('tenant.conflict', [{ path: 'tenantId', message: 'was erased: an id is never used again' }]);
  const asked = createHash('sha256').update(canonicalJson(input)).digest('base64url');
  const begun = await operator.tenancies.reserve(tenantId, name, asked);
  if (begun.status !== 'provisioning') return { tenant: begun, invitation: null, credentials: null };
  await after('reserved');

  let invitation: Invitation | null = null;
  let credentials: FirstCredentials | null = null;
  const steps: Readonly<Record<string, () => Promise<void>>> = {
    registered: () => tools.rows.register(),
    ...(dedicatedPartitions && { partitioned: () => partition(operator, tenantId) }),
    // These two are repeated until the end, so that what is told once is told by the call that completes it.
    invited: async () => {
      invitation = await inviteMember(tools, { email: adminEmail, roles });
    },
    ...(input.credentials && {
      credentials: async () => {
        credentials = await firstCredentials(tools, new Date());
      },
    }),
  };
  for (const [step, run] of Object.entries(steps)) {
    if (step === 'invited' || step === 'credentials' || !begun.provisioning?.done.includes(step)) await run();
    await operator.tenancies.note(tenantId, step);
    await after(step);
  }
  await operator.tenancies.move(tenantId, ['provisioning'], 'active', 'tenant.activated');
  await after('activated');
  return { tenant: await operator.tenancies.byId(tenantId), invitation, credentials };
}

async function partition(operator: OperatorTools, tenantId: TenantId): Promise<void> {
  if ((await operator.of(tenantId).rows.state()).isPromoted) return;
  await operator.partitions.prepare(tenantId);
  await operator.partitions.switchOver(tenantId, null);
}
