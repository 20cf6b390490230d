import { type SignalName, type Signals, signalNames } from '../../contract/signal.ts';

export const roleTypes = ['executive', 'manager', 'ic', 'default'] as const;
export type RoleType = (typeof roleTypes)[number];

/** Before renormalisation over the signals that are present; only the proportions matter. */
export const presets: Readonly<Record<RoleType, Readonly<Record<SignalName, number>>>> = {
  executive: weights([0.1, 0.1, 0.04, 0.03, 0.03, 0.1, 0.2, 0.14, 0.12, 0.1, 0.02, 0.08]),
  manager: weights([0.12, 0.12, 0.08, 0.05, 0.06, 0.14, 0.12, 0.1, 0.07, 0.08, 0.03, 0.08]),
  ic: weights([0.14, 0.14, 0.2, 0.08, 0.08, 0.14, 0.05, 0.03, 0.08, 0.03, 0.05, 0.08]),
  default: weights([0.14, 0.14, 0.16, 0.07, 0.07, 0.14, 0.08, 0.05, 0.08, 0.04, 0.04, 0.08]),
};

function weights(values: readonly number[]): Record<SignalName, number> {
  return Object.fromEntries(signalNames.map((name, i) => [name, values[i] ?? 0])) as Record<SignalName, number>;
}

export interface WeighedSignal {
  readonly name: SignalName;
  readonly value: number;
  /** Its share of the score; the weights of one result add up to 1. */
  readonly weight: number;
}

/** The weighted mean of the signals that are there, 0..1. A signal that is absent takes no part and its weight goes to the others. */
export function score(
  signals: Signals,
  of: Readonly<Record<SignalName, number>>,
): { score: number; weighed: WeighedSignal[] } {
  const present = signalNames.flatMap((name) => {
    const value = signals[name];
    return value === undefined || of[name] <= 0 ? [] : [{ name, value, weight: of[name] }];
  });
  const total = present.reduce((sum, { weight }) => sum + weight, 0);
  const weighed = present.map((signal) => ({ ...signal, weight: signal.weight / total }));
  return { score: weighed.reduce((sum, { value, weight }) => sum + value * weight, 0), weighed };
}

/** The preset, with what the request overrides. */
export function weightsFor(
  role: RoleType,
  overrides: Partial<Record<SignalName, number | undefined>> = {},
): Record<SignalName, number> {
  const set = Object.entries(overrides).filter(([, weight]) => weight !== undefined);
  return { ...presets[role], ...(Object.fromEntries(set) as Partial<Record<SignalName, number>>) };
}
