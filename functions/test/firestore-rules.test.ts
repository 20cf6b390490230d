import { assertFails, assertSucceeds } from '@firebase/rules-unit-testing';
import { doc, onSnapshot } from 'firebase/firestore';
import { everybody } from './firestore-rules/accounts.ts';
import { type Attempt, earlier, promotions, prying, smuggling } from './firestore-rules/attacks.ts';
import { closedDoors, everyday, halfRoles, withoutRole } from './firestore-rules/knocks.ts';
import {
  deployedRules,
  openRules,
  openRulesWorld,
  type RulesWorld,
  whereRulesAreEnforced,
} from './firestore-rules/rules-world.ts';
import { account } from './firestore-rules/seed.ts';
import { operations, perform, rows } from './firestore-rules/table.ts';

const attacks = [
  { of: 'a role that is not theirs', attempts: promotions },
  { of: 'a write that is a function’s', attempts: smuggling },
  { of: 'what the earlier system’s rules let through', attempts: earlier },
  { of: 'a read of what is not theirs', attempts: prying },
];
const impostors = [
  { of: 'a tenant that does not know them now', attempts: closedDoors },
  { of: 'what a role gives that token and document do not both name', attempts: halfRoles },
  { of: 'jobs, without a role', attempts: withoutRole },
];

/** False when the rules refuse it; throws what fails for any other reason. */
async function isLetThrough(request: Promise<unknown>): Promise<boolean> {
  return request.then(
    () => true,
    async (error: unknown) => {
      await assertFails(Promise.reject(error));
      return false;
    },
  );
}

whereRulesAreEnforced('the Firestore rules', () => {
  let world: RulesWorld;
  beforeAll(async () => {
    world = await openRulesWorld('demo-rules', deployedRules);
  });
  afterAll(() => world.close());
  const send = (attempt: Attempt) => attempt.send(world.as(attempt.who));

  it.each(rows)('say: $sentence', async ({ who, path, may }) => {
    const asked = operations.map(async (operation) => ({
      operation,
      through: await isLetThrough(perform(world.as(who), operation, path)),
    }));
    const through = (await Promise.all(asked)).filter((one) => one.through);
    expect(through.map(({ operation }) => operation)).toEqual(may);
  });

  it.each(everyday)('let through: $sentence', (one) => assertSucceeds(send(one)));

  describe.each([...attacks, ...impostors])('refuse $of', ({ attempts }) => {
    it.each(attempts)('$sentence', (one) => assertFails(send(one)));
  });

  it('end what somebody listens to when they are removed, before they see anything newer', async () => {
    const colleague = account('colleague', { tenantId: 'acme', roles: ['recruiter'] });
    const job = 'tenants/acme/jobs/j1';
    const seen: unknown[] = [];
    const { promise: listening, resolve: hear } = Promise.withResolvers<void>();
    const ended = new Promise((resolve) => {
      const note = (state: unknown) => {
        seen.push(state);
        hear();
      };
      onSnapshot(doc(world.as(colleague), job), (found) => note(found.get('state')), resolve);
    });
    await listening;
    await world.merge('tenants/acme/members/colleague', { status: 'removed' });
    await world.merge(job, { state: 'done' });
    expect(await ended).toMatchObject({ code: 'permission-denied' });
    expect(seen).toEqual(['running']);
    await world.refill();
  });
});

// A refusal says something only if the same request goes through where nothing is refused. What impostors ask for is what
// `everyday` shows to be answered.
whereRulesAreEnforced('rules that refuse nobody anything', () => {
  let world: RulesWorld;
  beforeAll(async () => {
    world = await openRulesWorld('demo-rules-open', openRules);
  });
  afterAll(() => world.close());

  const outsider = everybody['the admin of another tenant'].account;
  it.each(rows.filter(({ who }) => who === outsider))(
    'let through what the real ones refuse: $sentence',
    async (row) => {
      for (const operation of operations) await perform(world.as(outsider), operation, row.path);
    },
  );

  describe.each(attacks)('let through, of $of', ({ attempts }) => {
    beforeEach(() => (attempts === prying ? undefined : world.refill()));
    beforeAll(() => world.refill());
    it.each(attempts)('$sentence', ({ who, send }) => assertSucceeds(send(world.as(who))));
  });
});
