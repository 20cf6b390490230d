/** What a rotation does, in this order. Each step may be done twice without harm. */
export const rotationSteps = ['add', 'accept', 'switch', 'verify', 'disable', 'destroy'] as const;
export type RotationStep = (typeof rotationSteps)[number];

export const rotationKinds = ['signing-key', 'database-login', 'api-key', 'oauth-client'] as const;
export type RotationKind = (typeof rotationKinds)[number];

/** One secret as it is rotated: what every step does to it, wherever the secret is known. Versions are the provider's. */
export interface RotatingSecret {
  readonly name: string;
  readonly kind: RotationKind;
  /** Since when the current version has been there; null when there is no such secret. */
  currentSince(): Promise<Date | null>;
  /** Keeps a new value that nobody reads yet, or finds the one that was kept before: the versions from and to. */
  add(): Promise<{ readonly from: string; readonly to: string }>;
  /** From now on the new version works beside the old one. */
  accept(from: string, to: string): Promise<void>;
  /** From now on readers are given the new version, and whoever signs signs with it. */
  switchTo(to: string): Promise<void>;
  /** Since when nobody has used the old version, looked back to `since` and no further; null when somebody has. What is not known yet counts as no use. */
  unusedSince(from: string, since: Date, now: Date): Promise<Date | null>;
  /** From now on the old version is refused. */
  disable(from: string): Promise<void>;
  /** Forgets the value of the old version. */
  destroy(from: string): Promise<void>;
}

/** How far a rotation has come. Times are ISO. */
export interface Rotation {
  readonly secret: string;
  readonly kind: RotationKind;
  /** What is to be done next; `done` when all is. */
  readonly next: RotationStep | 'done';
  readonly from: string | null;
  readonly to: string | null;
  readonly startedAt: string;
  /** When the step before `next` was done. */
  readonly steppedAt: string;
  /** While verifying: the last look that found the old version in use, and since when it is unused. */
  readonly usedAt: string | null;
  readonly unusedSince: string | null;
  readonly history: readonly { readonly step: RotationStep; readonly at: string }[];
}

/** Milliseconds. */
export interface RotationWaits {
  /** Before each step since the one before: until every cache in between has heard of that. */
  readonly before: Readonly<Record<RotationStep, number>>;
  /** How long the old version has to be unused before it is disabled. */
  readonly quiet: number;
  /** A version is replaced at this age, and overdue so much later. */
  readonly period: number;
  readonly overdueAfter: number;
  /** A step that could be done and is not for so long is stalled. */
  readonly stalledAfter: number;
  /** A version younger than this is not replaced because of a message: the message came twice. */
  readonly youngest: number;
}

/** What the waiting times follow from, in seconds. */
export interface RotationCaches {
  /** For how long a secret counts as known, and the value that a function was deployed with. */
  readonly secretTtl: number;
  readonly givenTtl: number;
  /** For how long it is remembered who may call. */
  readonly access: number;
  /** For how long readers keep the published keys, and how long a token lives. */
  readonly jwks: number;
  readonly longestToken: number;
  /** How late the last use of a credential is known. */
  readonly useLateness: number;
}

const day = 86_400_000;
const hour = 3_600_000;

/** The waiting times of each kind, all of them in this one place. */
export function rotationWaits(caches: RotationCaches): Readonly<Record<RotationKind, RotationWaits>> {
  const { secretTtl, givenTtl, access, jwks, longestToken, useLateness } = caches;
  // A secret is used for twice its time to live at most, or until the value of the deployment was looked at again.
  const reread = (2 * secretTtl + givenTtl) * 1_000;
  const common = {
    period: 90 * day,
    overdueAfter: 7 * day,
    stalledAfter: 3 * day,
    youngest: hour,
  };
  const waits = (accepted: number, switched: number) => ({
    add: 0,
    accept: 0,
    switch: accepted,
    verify: switched,
    disable: 0,
    destroy: 7 * day,
  });
  const credential = {
    ...common,
    // Whoever is given a managed credential reads it again at least every hour, and may call but once a day.
    before: waits(2 * access * 1_000, hour),
    quiet: Math.max(day, useLateness * 1_000),
  };
  return {
    'signing-key': {
      ...common,
      period: 30 * day,
      // Published so long before it signs that whoever keeps the keys knows it; then until the last token has expired.
      before: waits(2 * jwks * 1_000, longestToken * 1_000 + reread),
      quiet: useLateness * 1_000,
    },
    'database-login': { ...common, before: waits(0, reread), quiet: 2 * secretTtl * 1_000 },
    'api-key': credential,
    'oauth-client': credential,
  };
}
