import { type RotatingSecret, type RotationKind, rotationKinds, rotationSteps } from '../../src/contract/rotation.ts';
import { type Begin, rotateSecret } from '../../src/domain/admin/rotate-secret.ts';
import { asRotator } from '../../src/middleware/as-rotator.ts';
import { leaseMs, type Rotations } from '../../src/stores/rotations.ts';
import { openStage, type Stage, testWaits } from './stage.ts';

const moments = ['before its effect', 'after its effect', 'after its state was kept'] as const;
type Moment = (typeof moments)[number];
type Step = (typeof rotationSteps)[number];

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
  stage = await openStage('killed-rotations');
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
  const haunted = (rotations: Rotations): Rotations => ({
    ...rotations,
    async lease(...args) {
      const lease = await rotations.lease(...args);
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
  await rotate(kind, 'now', deadly, haunted).catch((error: Error) => {
    if (error.message !== 'killed') throw error;
  });
  return killed;
}

async function rotate(
  kind: RotationKind,
  begin: Begin,
  of: (secret: RotatingSecret) => RotatingSecret = (secret) => secret,
  kept: (rotations: Rotations) => Rotations = (rotations) => rotations,
) {
  return asRotator(
    'test',
    ({ rotator, find }) => {
      const secret = find(stage.names[kind]);
      if (!secret) throw new Error(`${stage.names[kind]} is not rotated`);
      return rotateSecret({ ...rotator, rotations: kept(rotator.rotations) }, of(secret), testWaits, begin);
    },
    { now: () => new Date(clock) },
  );
}

const pass = (ms: number) => {
  clock += ms;
};

describe.each(rotationKinds)('a rotation of a %s', (kind) => {
  it.each(rotationSteps.flatMap((step) => moments.map((moment) => [step, moment] as const)))(
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

      for (let i = 0; (await rotate(kind, 'never')).rotation?.next !== 'done'; i += 1) {
        expect(i).toBeLessThan(30);
        expect(await currentWorks()).toBe(true);
        pass(i < 15 ? testWaits.quiet : testWaits.before.destroy);
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
