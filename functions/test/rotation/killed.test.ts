import { randomUUID } from 'node:crypto';
import { type RotatingSecret, type RotationKind, rotationKinds, rotationSteps } from '../../src/contract/rotation.ts';
import { type Begin, rotateSecret } from '../../src/domain/admin/rotate-secret.ts';
import { withRotatorDatabase } from '../../src/platform/postgres.ts';
import type { SecretProvider } from '../../src/platform/secret-provider.ts';
import { findRotating } from '../../src/stores/rotating-secrets.ts';
import { leaseMs, type Rotations, rotations } from '../../src/stores/rotations.ts';
import { byTests } from '../attribution.ts';

import { openStage, type Stage, testWaits } from './stage.ts';

const moments = ['before its effect', 'halfway through', 'after its effect', 'after its state was kept'] as const;
type Moment = (typeof moments)[number];
type Step = (typeof rotationSteps)[number];

/** What of a step's effect on the secret's versions is not all of it. */
const halves = { switch: ['makeCurrent', 'after'], disable: ['disable', 'before'] } as const;
const cases = rotationSteps.flatMap((step) =>
  moments.filter((moment) => moment !== 'halfway through' || step in halves).map((moment) => [step, moment] as const),
);

const methods = {
  add: 'add',
  accept: 'accept',
  switch: 'switchTo',
  verify: 'unusedSince',
  disable: 'disable',
  destroy: 'destroy',
} as const;

let stage: Stage;
let clock = Date.now();
beforeAll(async () => {
  stage = await openStage('killed-rotations', { inProcess: true });
}, 120_000);
afterAll(() => stage.close());

/** A rotator that ends like a process does, once, at that moment of that step: it says and does nothing more. */
async function runUntilKilled(kind: RotationKind, step: Step, moment: Moment): Promise<boolean> {
  let killed = false;
  const kill = () => {
    killed = true;
    throw new Error('killed');
  };
  const deadly = (secret: RotatingSecret): RotatingSecret => {
    const method = methods[step];
    const real = secret[method] as (...args: unknown[]) => Promise<unknown>;
    return {
      ...secret,
      [method]: async (...args: unknown[]) => {
        if (moment === 'before its effect') kill();
        const result = await real(...args);
        if (moment === 'after its effect') kill();
        return result;
      },
    };
  };
  const haunted = (real: Rotations): Rotations => ({
    ...real,
    async lease(...args) {
      const lease = await real.lease(...args);
      return (
        lease && {
          ...lease,
          async keep(rotation) {
            await lease.keep(rotation);
            if (moment === 'after its state was kept' && rotation.history.at(-1)?.step === step) kill();
          },
          async release() {
            if (killed) throw new Error('nobody is there to give it back');
            await lease.release();
          },
        }
      );
    },
  });
  const halfway = (secrets: SecretProvider): SecretProvider => {
    const [method, when] = (moment === 'halfway through' && halves[step as keyof typeof halves]) || [];
    if (!method) return secrets;
    return {
      ...secrets,
      async [method](name: string, version: string) {
        if (when === 'before') kill();
        await secrets[method](name, version);
        kill();
      },
    };
  };
  await rotate(kind, 'now', deadly, haunted, halfway).catch((error: Error) => {
    if (error.message !== 'killed') throw error;
  });
  return killed;
}

async function rotate(
  kind: RotationKind,
  begin: Begin,
  of: (secret: RotatingSecret) => RotatingSecret = (secret) => secret,
  kept: (real: Rotations) => Rotations = (real) => real,
  within: (secrets: SecretProvider) => SecretProvider = (secrets) => secrets,
) {
  const now = () => new Date(clock);
  const tools = { secrets: within(stage.secrets), withDatabase: withRotatorDatabase, attribution: byTests, now };
  const secret = findRotating(stage.names[kind], tools);
  if (!secret) throw new Error(`${stage.names[kind]} is not rotated`);
  const rotator = { rotations: kept(rotations), holder: randomUUID(), now };
  return rotateSecret(rotator, of(secret), testWaits, begin);
}

const pass = (ms: number) => {
  clock += ms;
};

describe.each(rotationKinds)('a rotation of a %s', (kind) => {
  it.each(cases)(
    'whose rotator is killed at "%s" %s goes on with the next one, and what is current works throughout',
    async (step, moment) => {
      const { secrets, works } = stage;
      const name = stage.names[kind];
      const old = await secrets.read(name);
      const currentWorks = async () => works(kind, (await secrets.read(name)).value, new Date(clock));

      for (let i = 0; !(await runUntilKilled(kind, step, moment)); i += 1) {
        expect(i).toBeLessThan(20);
        expect(await currentWorks()).toBe(true);
        pass(testWaits.quiet);
        if (step === 'destroy') pass(testWaits.before.destroy);
      }
      expect(await currentWorks()).toBe(true);
      // Its lease holds off the next rotator until it ends by itself.
      expect((await rotate(kind, 'never')).outcome).toBe('busy');
      pass(leaseMs);

      for (let i = 0, next = ''; ; i += 1) {
        next = (await rotate(kind, 'never')).rotation?.next ?? '';
        if (next === 'done') break;
        expect(i).toBeLessThan(20);
        expect(await currentWorks()).toBe(true);
        pass(next === 'destroy' ? testWaits.before.destroy : testWaits.quiet);
      }
      const now = await secrets.read(name);
      expect(now.value).not.toBe(old.value);
      expect(await works(kind, now.value, new Date(clock))).toBe(true);
      expect(await works(kind, old.value, new Date(clock))).toBe(false);
      const states = (await secrets.list(name)).map(({ version, state }) => [version, state]);
      expect(states.slice(0, 2)).toEqual([
        [now.version, 'enabled'],
        [old.version, 'destroyed'],
      ]);
    },
    60_000,
  );
});
