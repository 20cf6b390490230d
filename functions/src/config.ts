import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type HostedModelConfig, languageModelsOf, languageModelVariables } from './config/language-models.ts';

/** Where the functions are deployed: nearest to the people who use them. */
export const region = 'southamerica-east1';

// The well-known addresses hang on the host, so an issuer is a host and nothing more.
const issuerUrl = z
  .string()
  .refine((text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text, {
    message: 'must be a URL such as https://api.example.com, with no path and no slash at its end',
  });

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  OPERATOR_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(5),
  DATABASE_TLS: z.enum(['verify', 'off']).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  EMBEDDING_PROVIDER: z.enum(['local']).default('local'),
  OAUTH_ISSUER: issuerUrl.optional(),
  OAUTH_AUDIENCE: z.string().max(200).optional(),
  OAUTH_TOKEN_SECONDS: z.coerce.number().int().min(60).max(3_600).default(3_600),
  APP_CHECK: z.enum(['enforce', 'off']).default('off'),
  SECRETS_FILE: z.string().optional(),
  SECRETS_PROJECT: z.string().optional(),
  ROTATOR_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  CREDENTIAL_USE_REST_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
  SECRET_TTL_SECONDS: z.coerce.number().min(0.1).max(3_600).default(300),
  GCLOUD_PROJECT: z.string().default('local'),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).optional(),
  EXPORT_BUCKET: z.string().min(3).max(222).optional(),
  TASK_TARGET: z.url({ protocol: /^http$/ }).optional(),
  JOB_LEASE_SECONDS: z.coerce.number().min(0.3).max(600).default(60),
  EXPORT_FOLDER: z.string().default('.local/exports'),
  K_SERVICE: z.string().optional(),
  K_REVISION: z.string().default('local'),
  FUNCTIONS_EMULATOR: z.string().optional(),
  ...languageModelVariables,
});

export interface Config {
  /** True on Cloud Run; false on a laptop, in tests and in emulators. */
  readonly deployed: boolean;
  readonly projectId: string;
  /** How many proxies in front of us append to X-Forwarded-For; what stands further left is the caller's own claim. */
  readonly trustedProxies: number;
  /** Names the code that answers, so that no answer outlives it in a cache. */
  readonly revision: string;
  /** Addresses are absent where a function was not given them: `url` is the runtime role's, `operatorUrl` the maintenance role's, `rotatorUrl` that of who sets the runtime's passwords. */
  readonly database: {
    readonly url: string | undefined;
    readonly operatorUrl: string | undefined;
    readonly rotatorUrl: string | undefined;
    readonly poolSize: number;
    readonly tls: 'verify' | 'off';
  };
  /** `none` where several instances would each keep an answer that another has made stale. */
  readonly cache:
    | { readonly kind: 'redis'; readonly url: string }
    | { readonly kind: 'memory' }
    | { readonly kind: 'none' };
  readonly embedding: { readonly provider: 'local' };
  /** The hosted models that are asked, in order; none where all is done here. */
  readonly languageModels: readonly HostedModelConfig[];
  /** What they may cost a tenant in a month that has no cap of its own, in millionths of a US dollar. */
  readonly tenantMonthlyMicros: number;
  /** Where tasks are delivered on a laptop, `<url>/<function>`; absent where Cloud Tasks knows the functions by name. */
  readonly taskTarget: string | undefined;
  /** After so much silence the worker of a job is taken for lost. */
  readonly jobLeaseMs: number;
  /** How often the uses of a busy credential are written: seldom costs less, often is known sooner. */
  readonly credentialUseRestSeconds: number;
  /** Where secrets are read again, and for how long one counts as known. */
  readonly secrets: { readonly ttlSeconds: number } & (
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'secret-manager'; readonly project: string }
  );
  /** Absent where no issuer is configured: nobody can be given a token then, nor come with one. */
  readonly oauth: OAuthConfig | undefined;
  /** Where the data of a tenant that leaves is written; `none` where a disk would be gone with its instance. */
  readonly exports:
    | { readonly kind: 'bucket'; readonly bucket: string }
    | { readonly kind: 'folder'; readonly folder: string }
    | { readonly kind: 'none' };
}

/** Whose tokens are good here, for whom they are made, and how long those that we issue live. */
export interface OAuthConfig {
  readonly issuer: string;
  readonly audience: string;
  readonly tokenSeconds: number;
}

const names = Object.keys(Environment.shape) as (keyof typeof Environment.shape)[];
let last: { readonly values: readonly (string | undefined)[]; readonly config: Config } | undefined;

/**
 * The decisions the environment asks for. Read at every use and not at import, since a deployed function is given its
 * secrets late; decided anew only when a variable has changed. @throws Error naming each variable that is missing or wrong,
 * never its value.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const known = last;
  if (known && names.every((name, i) => env[name] === known.values[i])) return known.config;
  const values = names.map((name) => env[name]);
  const given = names.flatMap((name, i) => (values[i] ? [[name, values[i]] as const] : []));
  last = { values, config: decide(Object.fromEntries(given)) };
  return last.config;
}

function decide(env: Readonly<Record<string, string>>): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Configuration is incomplete. ${wrong.join('; ')}`);
  }
  const { data } = parsed;
  const deployed = data.K_SERVICE !== undefined && data.FUNCTIONS_EMULATOR === undefined;
  return {
    deployed,
    projectId: data.GCLOUD_PROJECT,
    trustedProxies: data.TRUSTED_PROXIES ?? (deployed ? 1 : 0),
    revision: data.K_REVISION,
    database: {
      url: data.DATABASE_URL,
      operatorUrl: data.OPERATOR_DATABASE_URL,
      rotatorUrl: data.ROTATOR_DATABASE_URL,
      poolSize: data.DATABASE_POOL_SIZE,
      tls: data.DATABASE_TLS ?? (deployed ? 'verify' : 'off'),
    },
    cache: data.REDIS_URL ? { kind: 'redis', url: data.REDIS_URL } : { kind: deployed ? 'none' : 'memory' },
    embedding: { provider: data.EMBEDDING_PROVIDER },
    languageModels: languageModelsOf(data, deployed),
    tenantMonthlyMicros: data.TENANT_MONTHLY_MICROS,
    taskTarget: deployed ? undefined : data.TASK_TARGET,
    jobLeaseMs: data.JOB_LEASE_SECONDS * 1_000,
    credentialUseRestSeconds: data.CREDENTIAL_USE_REST_SECONDS,
    secrets: {
      ttlSeconds: data.SECRET_TTL_SECONDS,
      ...whereSecretsAre(data, deployed),
    },
    oauth: oauthOf(data, deployed),
    exports: data.EXPORT_BUCKET
      ? { kind: 'bucket', bucket: data.EXPORT_BUCKET }
      : deployed
        ? { kind: 'none' }
        : { kind: 'folder', folder: data.EXPORT_FOLDER },
  };
}

// A script names the project whose secrets it is about; without one it is about those of its machine.
function whereSecretsAre(data: z.infer<typeof Environment>, deployed: boolean) {
  const project = deployed ? data.GCLOUD_PROJECT : data.SECRETS_PROJECT;
  if (project !== undefined) return { kind: 'secret-manager', project } as const;
  const path = data.SECRETS_FILE ?? fileURLToPath(new URL('../.secret.local', import.meta.url));
  return { kind: 'file', path } as const;
}

function oauthOf(data: z.infer<typeof Environment>, deployed: boolean): OAuthConfig | undefined {
  const { OAUTH_ISSUER: issuer, OAUTH_AUDIENCE: audience, OAUTH_TOKEN_SECONDS: tokenSeconds } = data;
  if (issuer === undefined) return undefined;
  if (deployed && !issuer.startsWith('https:'))
    throw new Error('Configuration is incomplete. OAUTH_ISSUER: must be https where it is deployed');
  return { issuer, audience: audience ?? issuer, tokenSeconds };
}

/** The same where it cannot be done without. @throws Error naming OAUTH_ISSUER */
export function requireOAuth({ oauth }: Pick<Config, 'oauth'> = readConfig()): OAuthConfig {
  if (!oauth) throw new Error('Configuration is incomplete. OAUTH_ISSUER: the public URL of the gateway is not set');
  return oauth;
}

/** A secret as the function was given it when it was deployed or started; undefined when it was not. */
export const givenSecret = (name: string): string | undefined => process.env[name] || undefined;

/** Whether callables refuse apps without an App Check token; known at deploy time. */
export const enforceAppCheck = () => process.env['APP_CHECK'] === 'enforce';

/**
 * The web apps whose pages may call: WEB_ORIGINS, comma-separated; any where it is not set, since a call is let in by its
 * token and never by a cookie. Known at deploy time.
 */
export const webOrigins = (): string[] | true =>
  process.env['WEB_ORIGINS']?.split(',').map((origin) => origin.trim()) ?? true;
