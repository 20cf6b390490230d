import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { TenantId } from '../../src/contract/ids.ts';
import { type Integrator, openWorld, type World } from '../harness.ts';

let world: World;
let tenant: TenantId;
let robot: Integrator;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('issuer');
  robot = await world.integrator(tenant);
});
afterAll(() => world.close());

describe('an integrator', () => {
  it('calls with a token of its own and the key of its tenant', async () => {
    const token = await robot.token();
    console.warn(decodeProtectedHeader(token), decodeJwt(token));
    const person = await robot.signIn();
    const told = await person.restById('candidates.list', {});
    expect(told.body).toEqual({});
  });
});
