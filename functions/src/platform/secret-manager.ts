import type { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { traceHeaders } from '../contract/trace.ts';
import { currentCallFacts } from './call-facts.ts';
import type { SecretProvider, VersionState } from './secret-provider.ts';

type CallOptions = NonNullable<Parameters<SecretManagerServiceClient['listSecretsAsync']>[1]>;
type ClientOptions = NonNullable<ConstructorParameters<typeof SecretManagerServiceClient>[0]>;

// In gRPC's numbers: what can be asked again, and what says that there is no such thing.
const unavailable = 14;
const resourceExhausted = 8;
const notFound = 5;
const failedPrecondition = 9;

/** The alias of the version that readers are given. */
const currentAlias = 'current';

const states: Readonly<Record<string, VersionState>> = {
  ENABLED: 'enabled',
  DISABLED: 'disabled',
  DESTROYED: 'destroyed',
};

// An attempt has 2.5 s, and there is another while 8 s have not gone by.
const reading: CallOptions = {
  retry: {
    retryCodes: [unavailable, resourceExhausted],
    backoffSettings: {
      initialRetryDelayMillis: 100,
      retryDelayMultiplier: 2,
      maxRetryDelayMillis: 1_000,
      initialRpcTimeoutMillis: 2_500,
      rpcTimeoutMultiplier: 1,
      maxRpcTimeoutMillis: 2_500,
      totalTimeoutMillis: 8_000,
    },
  },
};
// Never repeated by itself: whether the first attempt took effect is not known.
const writing: CallOptions = { timeout: 8_000, retry: null };

const traced = (options: CallOptions): CallOptions => {
  const facts = currentCallFacts();
  return facts ? { ...options, otherArgs: { headers: traceHeaders(facts.trace) } } : options;
};

/** Google Secret Manager over gRPC. `connection` names another server in tests. */
export async function openSecretManager({
  project,
  connection = {},
}: {
  project: string;
  connection?: ClientOptions;
}): Promise<SecretProvider & { close(): Promise<void> }> {
  const { SecretManagerServiceClient: Client } = await import('@google-cloud/secret-manager');
  const client = new Client(connection);
  // With GOOGLE_SDK_NODE_LOGGING set, the client would print every answer, secrets among them.
  Object.assign(client, { _log: { info() {}, warn() {}, error() {} } });
  // Awaited here, because the client leaves a failure of it unhandled in its calls.
  await client.initialize();
  const secretName = (name: string) => `projects/${project}/secrets/${name}`;
  const versionName = (name: string, version: string) => `${secretName(name)}/versions/${version}`;

  async function access(name: string, version: string) {
    const [answer] = await client
      .accessSecretVersion({ name: versionName(name, version) }, traced(reading))
      .catch(withoutMetadata);
    const { data } = answer.payload ?? {};
    if (!data || !answer.name) throw new Error(`${name} ${version} came back without a value`);
    return { version: numberOf(answer.name), value: Buffer.from(data as Uint8Array).toString('utf8') };
  }

  /** @returns null when there is no such secret */
  async function findSecret(name: string) {
    const [secret] = await client
      .getSecret({ name: secretName(name) }, traced(reading))
      .catch((error) => (error.code === notFound ? [null] : withoutMetadata(error)));
    return secret;
  }

  const provider: SecretProvider = {
    async read(name) {
      try {
        return await access(name, currentAlias);
      } catch (error) {
        // Without the alias the secret was never rotated here: then its newest version counts.
        if ((error as { code?: unknown }).code === notFound) return access(name, 'latest');
        throw error;
      }
    },
    readVersion: access,
    async addVersion(name, value) {
      const secret = await findSecret(name);
      if (!secret) {
        const replication = { automatic: {} };
        await client
          .createSecret({ parent: `projects/${project}`, secretId: name, secret: { replication } }, traced(writing))
          .catch(withoutMetadata);
      } else if (!secret.versionAliases?.[currentAlias]) {
        const [newest] = await provider.list(name);
        if (newest) await provider.makeCurrent(name, newest.version);
      }
      const [added] = await client
        .addSecretVersion({ parent: secretName(name), payload: { data: Buffer.from(value) } }, traced(writing))
        .catch(withoutMetadata);
      const version = numberOf(added.name ?? '');
      if (!secret) await provider.makeCurrent(name, version);
      return version;
    },
    async makeCurrent(name, version) {
      const secret = await findSecret(name);
      const versionAliases = { ...secret?.versionAliases, [currentAlias]: version };
      const { etag } = secret ?? {};
      await client
        .updateSecret(
          {
            secret: { name: secretName(name), versionAliases, ...(etag && { etag }) },
            updateMask: { paths: ['version_aliases'] },
          },
          traced(writing),
        )
        .catch(withoutMetadata);
    },
    async enable(name, version) {
      await client.enableSecretVersion({ name: versionName(name, version) }, traced(writing)).catch(withoutMetadata);
    },
    async disable(name, version) {
      await client.disableSecretVersion({ name: versionName(name, version) }, traced(writing)).catch(withoutMetadata);
    },
    async destroy(name, version) {
      await client.destroySecretVersion({ name: versionName(name, version) }, traced(writing)).catch((error) => {
        if (error.code !== failedPrecondition) withoutMetadata(error);
      });
    },
    async list(name) {
      const secret = await findSecret(name);
      if (!secret) return [];
      const [versions] = await client
        .listSecretVersions({ parent: secretName(name) }, traced(reading))
        .catch(withoutMetadata);
      const infos = versions.map((one) => ({
        version: numberOf(one.name ?? ''),
        state: states[String(one.state)] ?? 'disabled',
        createdAt: new Date(Number(one.createTime?.seconds ?? 0) * 1_000),
      }));
      const ordered = infos.toSorted((a, b) => Number(b.version) - Number(a.version));
      const current = String(secret.versionAliases?.[currentAlias] ?? ordered[0]?.version);
      return ordered.map((info) => ({ ...info, current: info.version === current }));
    },
    async names() {
      const [secrets] = await client
        .listSecrets({ parent: `projects/${project}` }, traced(reading))
        .catch(withoutMetadata);
      return secrets.map(({ name }) => name?.split('/').at(-1) ?? '');
    },
  };
  return { ...provider, close: () => client.close() };
}

const numberOf = (resource: string) => resource.split('/').at(-1) ?? '';

// An error of the client carries the metadata of the call, and its message the name of the project; the code says what to do.
function withoutMetadata(error: { code?: number; message?: string }): never {
  throw Object.assign(new Error(`Secret Manager: ${String(error.message).slice(0, 200)}`), { code: error.code });
}
