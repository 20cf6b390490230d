import {
  type RotatingSecret,
  type Rotation,
  type RotationStep,
  type RotationWaits,
  rotationSteps,
} from '../../contract/rotation.ts';
import type { RotationLease, Rotations } from '../../stores/rotations.ts';

export interface Rotator {
  readonly rotations: Rotations;
  /** Names this run, so that two at once are told apart. */
  readonly holder: string;
  readonly now: () => Date;
}

/**
 * `begin`: whether a rotation may begin where none is under way: never, when the version is due by its age, when it is not
 * quite new (a message asks), or at once (a person asks).
 */
export type Begin = 'never' | 'due' | 'asked' | 'now';

export type RotationOutcome = 'busy' | 'no_secret' | 'not_due' | 'waiting' | 'in_use' | 'done';
export interface RotationReport {
  readonly secret: string;
  readonly outcome: RotationOutcome;
  readonly rotation: Rotation | null;
}

/**
 * Takes one secret's rotation as far as it can go now. State is kept after the effect of each step, so a run that is killed
 * anywhere leaves the next one to repeat a step, which does no harm. @throws what a step throws; nothing is lost by that
 */
export async function rotateSecret(
  { rotations, holder, now }: Rotator,
  secret: RotatingSecret,
  waits: RotationWaits,
  begin: Begin,
): Promise<RotationReport> {
  const lease = await rotations.lease(secret.name, holder, now);
  const report = (outcome: RotationOutcome, rotation: Rotation | null) => ({ secret: secret.name, outcome, rotation });
  if (!lease) return report('busy', await rotations.byName(secret.name));
  try {
    const { rotation } = lease;
    if (rotation && rotation.next !== 'done') return await proceed(lease, secret, rotation, waits, now);
    const since = await secret.currentSince();
    if (!since) return report('no_secret', rotation);
    if (!mayBegin(begin, now().getTime() - since.getTime(), waits)) return report('not_due', rotation);
    const begun = newRotation(secret, now());
    await lease.keep(begun);
    return await proceed(lease, secret, begun, waits, now);
  } finally {
    // One that is not given back ends by itself.
    await lease.release().catch(() => {});
  }
}

function mayBegin(begin: Begin, age: number, { period, youngest }: RotationWaits): boolean {
  if (begin === 'due') return age >= period;
  if (begin === 'asked') return age >= youngest;
  return begin === 'now';
}

const newRotation = ({ name, kind }: RotatingSecret, now: Date): Rotation => ({
  secret: name,
  kind,
  next: 'add',
  from: null,
  to: null,
  startedAt: now.toISOString(),
  steppedAt: now.toISOString(),
  usedAt: null,
  unusedSince: null,
  history: [],
});

async function proceed(
  lease: RotationLease,
  secret: RotatingSecret,
  begun: Rotation,
  waits: RotationWaits,
  now: () => Date,
): Promise<RotationReport> {
  let rotation = begun;
  while (rotation.next !== 'done') {
    const step = rotation.next;
    if (now().getTime() < dueAt(rotation, waits)) return { secret: secret.name, outcome: 'waiting', rotation };
    const found = await take(secret, rotation, waits, now());
    if (step === 'verify' && !isQuiet(found, waits, now())) {
      await lease.keep(found);
      return { secret: secret.name, outcome: found.unusedSince ? 'waiting' : 'in_use', rotation: found };
    }
    rotation = afterStep(found, now());
    await lease.keep(rotation);
  }
  return { secret: secret.name, outcome: 'done', rotation };
}

/** When the next step can be done, in milliseconds since 1970. */
export function dueAt({ next, steppedAt }: Rotation, { before }: RotationWaits): number {
  return Date.parse(steppedAt) + (next === 'done' ? 0 : before[next]);
}

async function take(secret: RotatingSecret, rotation: Rotation, waits: RotationWaits, now: Date): Promise<Rotation> {
  if (rotation.next === 'add') return { ...rotation, ...(await secret.add()) };
  const { from, to } = rotation as Rotation & { from: string; to: string };
  switch (rotation.next) {
    case 'accept':
      await secret.accept(from, to);
      break;
    case 'switch':
      await secret.switchTo(to);
      break;
    case 'verify':
      return await look(secret, rotation, from, waits, now);
    case 'disable':
      await secret.disable(from);
      break;
    case 'destroy':
      await secret.destroy(from);
      break;
  }
  return rotation;
}

/** Looks back to the end of the wait before it, or to the last look that found a use. */
async function look(secret: RotatingSecret, rotation: Rotation, from: string, waits: RotationWaits, now: Date) {
  const since = new Date(rotation.usedAt ?? dueAt(rotation, waits));
  const unused = (await secret.unusedSince(from, since, now))?.toISOString();
  if (!unused) return { ...rotation, usedAt: now.toISOString(), unusedSince: null };
  const known = rotation.unusedSince;
  return { ...rotation, unusedSince: known && known < unused ? known : unused };
}

const isQuiet = ({ unusedSince }: Rotation, { quiet }: RotationWaits, now: Date) =>
  unusedSince !== null && now.getTime() - Date.parse(unusedSince) >= quiet;

function afterStep(rotation: Rotation, now: Date): Rotation {
  const step = rotation.next as RotationStep;
  const at = now.toISOString();
  const next = rotationSteps[rotationSteps.indexOf(step) + 1] ?? 'done';
  return { ...rotation, next, steppedAt: at, history: [...rotation.history, { step, at }] };
}
