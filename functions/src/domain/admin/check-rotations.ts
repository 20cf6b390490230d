import type { RotatingSecret, Rotation, RotationKind, RotationWaits } from '../../contract/rotation.ts';
import { type Begin, dueAt, type RotationOutcome, type Rotator, rotateSecret } from './rotate-secret.ts';

export interface RotationHealth {
  readonly secret: string;
  readonly kind: RotationKind;
  readonly outcome: RotationOutcome | 'failed';
  readonly next: Rotation['next'] | null;
  /** Age of the current version in days; null when there is none. */
  readonly ageDays: number | null;
  readonly isOverdue: boolean;
  readonly isStalled: boolean;
  /** What a step threw. */
  readonly cause: unknown;
}

/** Takes every rotation as far as it can go, begins those that are due, and says which are overdue and which are stalled. */
export async function checkRotations(
  rotator: Rotator,
  secrets: readonly RotatingSecret[],
  waits: Readonly<Record<RotationKind, RotationWaits>>,
  begin: Begin = 'due',
): Promise<RotationHealth[]> {
  const healths: RotationHealth[] = [];
  for (const secret of secrets) healths.push(await checkOne(rotator, secret, waits[secret.kind], begin));
  return healths;
}

async function checkOne(rotator: Rotator, secret: RotatingSecret, waits: RotationWaits, begin: Begin) {
  let outcome: RotationHealth['outcome'] = 'failed';
  let cause: unknown;
  try {
    ({ outcome } = await rotateSecret(rotator, secret, waits, begin));
  } catch (error) {
    cause = error;
  }
  // Looked at also after a failure, which is when it matters.
  const rotation = await rotator.rotations.byName(secret.name).catch(() => null);
  const since = await secret.currentSince().catch(() => null);
  return healthOf(secret, outcome, cause, { rotation, since, now: rotator.now(), waits });
}

interface Seen {
  readonly rotation: Rotation | null;
  readonly since: Date | null;
  readonly now: Date;
  readonly waits: RotationWaits;
}

/** What is to be said of one secret's rotation. */
export function healthOf(
  { name, kind }: Pick<RotatingSecret, 'name' | 'kind'>,
  outcome: RotationHealth['outcome'],
  cause: unknown,
  { rotation, since, now, waits }: Seen,
): RotationHealth {
  const age = since && now.getTime() - since.getTime();
  return {
    secret: name,
    kind,
    outcome,
    next: rotation?.next ?? null,
    ageDays: age === null ? null : Math.floor(age / 86_400_000),
    isOverdue: age !== null && age >= waits.period + waits.overdueAfter,
    isStalled: rotation !== null && rotation.next !== 'done' && now.getTime() >= stalledAt(rotation, waits),
    cause,
  };
}

function stalledAt(rotation: Rotation, waits: RotationWaits): number {
  return dueAt(rotation, waits) + (rotation.next === 'verify' ? waits.quiet : 0) + waits.stalledAfter;
}
