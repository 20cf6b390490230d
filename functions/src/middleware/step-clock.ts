export interface StepClock {
  /** Runs one step and files its milliseconds under its name, whether it succeeds or not; a step done twice adds up. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Milliseconds since the clock was started. */
  tookMs(): number;
}

/** A clock started now, which writes into `steps`. */
export function stepClock(steps: Record<string, number>): StepClock {
  const started = performance.now();
  return {
    async step(name, work) {
      const from = performance.now();
      try {
        return await work();
      } finally {
        steps[name] = (steps[name] ?? 0) + performance.now() - from;
      }
    },
    tookMs: () => performance.now() - started,
  };
}
