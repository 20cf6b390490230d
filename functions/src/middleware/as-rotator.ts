import { randomUUID } from 'node:crypto';
import { readConfig } from '../config.ts';
import type { Attribution } from '../context.ts';
import type { MetricName } from '../contract/metrics.ts';
import { type RotatingSecret, type RotationKind, type RotationWaits, rotationWaits } from '../contract/rotation.ts';
import { jwksSeconds, longestTokenSeconds } from '../contract/signing-key.ts';
import { measure } from '../platform/metrics.ts';
import { withRotatorDatabase } from '../platform/postgres.ts';
import { givenTtlMs } from '../platform/secret-cache.ts';
import { openSecrets } from '../platform/secrets.ts';
import { accessSeconds } from '../stores/access.ts';
import { type AgedCredential, agedCredentials } from '../stores/aged-credentials.ts';
import { useLatenessSeconds } from '../stores/credential-uses.ts';
import { findRotating, type RotatingTools, rotatingSecrets } from '../stores/rotating-secrets.ts';
import { type Rotations, rotations } from '../stores/rotations.ts';

/** What rotates secrets. */
export interface RotatorTools {
  readonly rotator: { readonly rotations: Rotations; readonly holder: string; readonly now: () => Date };
  readonly waits: Readonly<Record<RotationKind, RotationWaits>>;
  all(): Promise<RotatingSecret[]>;
  /** Undefined for a secret that is not rotated by itself. */
  find(name: string): RotatingSecret | undefined;
  /** Credentials that are due and that nobody but their owner can replace, since they were shown once. */
  aged(): Promise<AgedCredential[]>;
  measure(metric: MetricName, value: number): void;
}

/** The one way to what rotates secrets, for triggers and scripts only. `by` names the one or the other. */
export async function asRotator<T>(
  by: string,
  work: (tools: RotatorTools) => Promise<T>,
  { now = () => new Date(), actorKind = 'system' }: { now?: () => Date; actorKind?: 'system' | 'operator' } = {},
): Promise<T> {
  const holder = randomUUID();
  const attribution: Attribution = { actorKind, actor: 'rotator', by, requestId: holder, address: '' };
  const tools: RotatingTools = { secrets: await openSecrets(), withDatabase: withRotatorDatabase, attribution, now };
  const waits = currentWaits();
  return work({
    rotator: { rotations, holder, now },
    waits,
    all: () => rotatingSecrets(tools),
    find: (name) => findRotating(name, tools),
    aged: () => agedCredentials(new Date(now().getTime() - waits['api-key'].period), now()),
    measure,
  });
}

export function currentWaits(): RotatorTools['waits'] {
  return rotationWaits({
    secretTtl: readConfig().secrets.ttlSeconds,
    givenTtl: givenTtlMs / 1_000,
    access: accessSeconds,
    jwks: jwksSeconds,
    longestToken: longestTokenSeconds,
    useLateness: useLatenessSeconds(),
  });
}
