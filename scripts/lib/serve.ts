import { randomBytes } from 'node:crypto';
import type { Firestore } from 'firebase-admin/firestore';
import type { Role } from '../../functions/src/contract/scopes.ts';
import type { Tenant } from '../../functions/src/stores/tenants.ts';
import { byScript } from './by-script.ts';
import { type FunctionsHost, hostFunctions } from './functions-host.ts';
import type { Stack } from './stack.ts';

export interface NewPerson {
  readonly uid: string;
  readonly tenantId: string;
  readonly roles: readonly Role[];
  readonly email?: string;
  readonly password?: string;
  readonly name?: string;
}

/** All functions on one local server, with the means to add tenants and people. */
export interface Served {
  readonly host: FunctionsHost;
  /** Makes the tenant unless it is there already; like everything here, it is in the audit log. */
  addTenant(id: string, name: string, limits?: Tenant['limits']): Promise<void>;
  /** Adds somebody who can sign in, and signs them in: their ID token. */
  addPerson(person: NewPerson): Promise<string>;
  stop(): Promise<void>;
}

/** Serves the functions over the stack. Its `env` has to be in the environment; the functions are imported only now, so that they see it. */
export async function serve(stack: Stack, options: { port?: number } = {}): Promise<Served> {
  const [
    functions,
    { publicRegistry, registry },
    { publicRoutesOf, routesOf },
    { operatorToolsOf },
    { putTenant },
    { MemberId, TenantId },
    { provideFirestore },
    { closePostgres },
    { publishSigningKey },
  ] = await Promise.all([
    import('../../functions/src/index.ts'),
    import('../../functions/src/endpoints/registry.ts'),
    import('../../functions/src/projections/routes.ts'),
    import('../../functions/src/middleware/operator-tools.ts'),
    import('../../functions/src/stores/tenants.ts'),
    import('../../functions/src/contract/ids.ts'),
    import('../../functions/src/platform/firestore.ts'),
    import('../../functions/src/platform/runtime-database.ts'),
    import('./publish-signing-key.ts'),
  ]);
  if (stack.firestore.kind === 'in-process') provideFirestore(stack.firestore.firestore() as Firestore);
  const host = await hostFunctions(functions, {
    routes: [...routesOf(registry), ...publicRoutesOf(publicRegistry)],
    ...(options.port !== undefined && { port: options.port }),
  });
  process.env['OAUTH_ISSUER'] ||= host.url;
  process.env['TASK_TARGET'] = host.functionsUrl;
  await publishSigningKey();
  const { tenancies, of } = await operatorToolsOf(byScript('start'));
  return {
    host,
    async addTenant(id, name, limits) {
      const tenant = TenantId.parse(id);
      if (!(await tenancies.findById(tenant))) {
        await tenancies.reserve(tenant, name, 'start');
        await of(tenant).rows.register();
        await tenancies.move(tenant, ['provisioning'], 'active', 'tenant.activated');
      }
      if (limits) await putTenant(tenant, { name, status: 'active', limits });
    },
    async addPerson({
      uid,
      tenantId,
      roles,
      email = `${uid}@example.com`,
      password = randomBytes(12).toString('hex'),
      name = uid,
    }) {
      await stack.auth.createUser({ uid, email, password, displayName: name, claims: { tenantId, roles } });
      await of(TenantId.parse(tenantId)).members.add(MemberId.parse(uid), email, roles);
      return stack.auth.signIn(email, password);
    },
    async stop() {
      await host.stop();
      await closePostgres();
    },
  };
}
