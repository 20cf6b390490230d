import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { initializeApp } from 'firebase-admin/app';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import pg from 'pg';
import { startInProcess } from '../../../scripts/lib/firestore.ts';
import { makeCredential, sealCredential } from '../../src/contract/credential.ts';
import { TenantId } from '../../src/contract/ids.ts';
import type { RotationKind, RotationWaits } from '../../src/contract/rotation.ts';
import { provideFirestore } from '../../src/platform/firestore.ts';
import { makeSigningKey, publicHalfOf } from '../../src/platform/new-signing-key.ts';
import { scramVerifier } from '../../src/platform/scram-verifier.ts';
import type { SecretProvider } from '../../src/platform/secret-provider.ts';
import { closeSecrets, openSecrets } from '../../src/platform/secrets.ts';
import { apiKeysOf, findApiKey } from '../../src/stores/api-keys.ts';
import { flushUses } from '../../src/stores/credential-uses.ts';
import { checkClientSecret, findOAuthClient, oauthClientsOf } from '../../src/stores/oauth-clients.ts';
import { apiKeySecret } from '../../src/stores/rotating/api-key.ts';
import { deliveredClient, oauthClientSecret } from '../../src/stores/rotating/oauth-client.ts';
import { announceKey, startSigningWith } from '../../src/stores/signing-key-states.ts';
import { findVerifyingKey } from '../../src/stores/signing-keys.ts';
import { byTests } from '../attribution.ts';

import { tellSecret } from '../known-secrets.ts';
import { type OwnDatabase, openOwnDatabase } from '../own-database.ts';

/** One tenant with every kind of secret, on a database, a Firestore and a file of secrets of its own. */
export interface Stage {
  readonly tenant: TenantId;
  readonly secrets: SecretProvider;
  readonly database: OwnDatabase;
  readonly names: Readonly<Record<RotationKind, string>>;
  /** Makes the current version of a secret so many days old. */
  age(kind: RotationKind, days: number): void;
  /** Whether this value of a secret lets its holder in, at `now`. */
  works(kind: RotationKind, value: string, now?: Date): Promise<boolean>;
  close(): Promise<void>;
}

/** `inProcess`: for tests of hundreds of rotations, each of dozens of transactions, which Google's emulator takes a minute for. */
export async function openStage(name: string, { inProcess: wanted = false } = {}): Promise<Stage> {
  const before = { ...process.env };
  const folder = mkdtempSync(path.join(tmpdir(), 'rotation-'));
  const database = await openOwnDatabase();
  // A project of its own: disabling the key that signs would end the tokens of every other test file.
  const inProcess =
    process.env['FIRESTORE_EMULATOR_HOST'] && !wanted ? undefined : await startInProcess('it is asked for');
  const own = () => getFirestore(initializeApp({ projectId: `demo-${name}` }, name));
  provideFirestore(inProcess ? (inProcess.firestore() as Firestore) : own());
  process.env['SECRETS_FILE'] = path.join(folder, 'secret.local');
  process.env['ROTATOR_DATABASE_URL'] = database.url('headhunter_rotator');
  delete process.env['DATABASE_URL'];
  delete process.env['OAUTH_SIGNING_KEY'];
  closeSecrets();

  const tenant = TenantId.parse(name);
  const secrets = await openSecrets();
  const [now, expiresAt] = [new Date(), new Date(Date.now() + 365 * 86_400_000)];
  const scopes = ['candidates:read'] as const;
  const settings = { name: 'Integração', scopes, callsPerSecond: null, expiresAt };
  const [apiKey, clientSecret] = [makeCredential('apiKey'), makeCredential('clientSecret')];
  await apiKeysOf(tenant, byTests).create(sealCredential(apiKey), settings, now);
  const { clientId } = await oauthClientsOf(tenant, byTests).create(sealCredential(clientSecret), settings, now);
  const signingKey = await makeSigningKey();
  await announceKey(publicHalfOf(signingKey));
  await startSigningWith(signingKey.kid);
  await database.admin.query('select headhunter.admit_login($1, $2)', [
    'headhunter_runtime_a',
    await scramVerifier('the first password'),
  ]);
  const names = {
    'signing-key': 'OAUTH_SIGNING_KEY',
    'database-login': 'DATABASE_URL',
    'api-key': apiKeySecret(tenant),
    'oauth-client': oauthClientSecret(tenant),
  } as const;
  await secrets.addVersion(names['signing-key'], JSON.stringify(signingKey));
  await secrets.addVersion(names['database-login'], database.url('headhunter_runtime_a', 'the first password'));
  await secrets.addVersion(names['api-key'], apiKey);
  await secrets.addVersion(names['oauth-client'], deliveredClient(clientId, clientSecret));

  const checks: Record<RotationKind, (value: string, now: Date) => Promise<boolean>> = {
    'signing-key': async (value) => (await findVerifyingKey(JSON.parse(value).kid)) !== undefined,
    'database-login': (value) => letsIn(value),
    'api-key': async (value, at) => (await findApiKey(tenant, value, at)) !== null,
    'oauth-client': async (value, at) => {
      const { client_id, client_secret } = JSON.parse(value);
      return checkClientSecret(await findOAuthClient(tenant, client_id), client_secret, at) !== undefined;
    },
  };
  return {
    tenant,
    secrets,
    database,
    names,
    age(kind, days) {
      const file = `${process.env['SECRETS_FILE']}.versions.json`;
      const kept = JSON.parse(readFileSync(file, 'utf8'));
      const { current, versions } = kept[names[kind]];
      versions[current - 1].createdAt = new Date(Date.now() - days * 86_400_000).toISOString();
      writeFileSync(file, JSON.stringify(kept));
    },
    works: (kind, value, at = new Date()) => checks[kind](value, at),
    async close() {
      await flushUses();
      for (const name of await secrets.names()) {
        for (const { version, state } of await secrets.list(name))
          if (state === 'enabled') tellOf(name, (await secrets.readVersion(name, version)).value);
      }
      await database.stop();
      await inProcess?.stop();
      closeSecrets();
      for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
      Object.assign(process.env, before);
      rmSync(folder, { recursive: true });
    },
  };
}

/** What of a value is secret by itself. */
function tellOf(name: string, value: string): void {
  const json = value.startsWith('{') ? JSON.parse(value) : {};
  const parts = [json.d, json.client_secret, URL.canParse(value) ? new URL(value).password : undefined];
  for (const part of [value, ...parts]) tellSecret(name, part);
}

async function letsIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  return client
    .connect()
    .then(() => client.end())
    .then(
      () => true,
      (error: pg.DatabaseError) => {
        if (error.code?.startsWith('28')) return false;
        throw error;
      },
    );
}

const minute = 60_000;

/** Waiting times that are short and each of another length. */
export const testWaits: RotationWaits = {
  before: { add: 0, accept: 0, switch: minute, verify: 2 * minute, disable: 0, destroy: 60 * minute },
  quiet: 5 * minute,
  period: 90 * 1_440 * minute,
  overdueAfter: 7 * 1_440 * minute,
  stalledAfter: 1_440 * minute,
  youngest: 60 * minute,
};
