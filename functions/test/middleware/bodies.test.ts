import type { AnyEndpoint } from '../../src/contract/endpoint.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { registry } from '../../src/endpoints/registry.ts';
import { endpointsOf, routeOf } from '../../src/projections/routes.ts';
import { expectClear } from '../clear-error.ts';
import { ask, dialects, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

const endpoints = endpointsOf(registry);
const both = dialects.flatMap((dialect) => endpoints.map((one) => [one.id, dialect, one] as const));
const posts = both.filter(([, dialect, { route }]) => dialect === 'callable' || route.startsWith('POST'));
const exampleOf = (one: AnyEndpoint) => one.example.input as Record<string, unknown>;

let world: World;
let who: (endpoint: AnyEndpoint) => Person;
let tenant: TenantId;
let rows: TenantRows;

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  tenant = await world.tenant('bodies');
  who = await world.holders(tenant);
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

describe('bodies', () => {
  // More than any field takes but that of a file.
  const huge = 'x'.repeat(6 * 1_048_576);
  const hasText = (one: AnyEndpoint) =>
    Object.entries(exampleOf(one))
      // What stands in the path is cut off by the server itself, with 431.
      .filter(([key, value]) => typeof value === 'string' && !routeOf(one).params.includes(key))
      .map(([key]) => key);

  it.each(posts.filter(([, , one]) => hasText(one).length > 0))(
    '%s by %s refuses 6 MB in one field',
    async (id, dialect, one) => {
      const before = await rows.countsOf(tenant);
      const [field = ''] = hasText(one);
      const { status, error } = await ask(who(one), dialect, id, { ...exampleOf(one), [field]: huge });
      expectClear(status, error, field);
      expect(JSON.stringify(error).length).toBeLessThan(2_000);
      expect(await rows.countsOf(tenant)).toEqual(before);
    },
  );

  const rest = endpoints.filter(({ route }) => route.startsWith('POST')).map((one) => [one.id, one] as const);

  it.each(rest)('%s refuses by REST an empty, cut-off, foreign or list body with one clear error', async (_, one) => {
    const { method, path } = routeOf(one);
    const json = { 'content-type': 'application/json' };
    const sent: [string | undefined, Record<string, string>][] = [
      [undefined, {}],
      ['', json],
      ['[]', json],
      ['[{}]', json],
      ['null', json],
      ['"text"', json],
      ['{"a":', json],
      ['{"a":NaN}', json],
      ["{'a':1}", json],
      ['{}', { 'content-type': 'text/plain' }],
      ['a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['\u0001\u0002', { 'content-type': 'application/octet-stream' }],
    ];
    for (const [body, headers] of sent) {
      const { status, body: error } = await who(one).rest(method, path, body, headers);
      expectClear(status, error, [body, headers]);
    }
  });

  it.each(endpoints.map((one) => [one.id, one] as const))(
    '%s refuses by callable a body that is no call with INVALID_ARGUMENT',
    async (id, one) => {
      for (const body of ['', '{}', '[]', 'null', '{"data":', '{"data":{},"more":1}', '{"datum":{}}']) {
        const { status, body: told } = await who(one).call(id, body);
        expect([status, told.error?.status ?? told.code]).toEqual([
          400,
          expect.stringMatching(/INVALID_ARGUMENT|input\.invalid/),
        ]);
      }
      for (const data of ['text', 5, true, [], [{}]]) {
        const { status, body: told } = await who(one).call(id, JSON.stringify({ data }));
        expectClear(status, told.error.details, data);
      }
    },
  );

  it('a body over the host’s limit is refused as input.too_large', async () => {
    const { status, body } = await world.anonymous.rest(
      'POST',
      '/v1/search/hybrid',
      `{"query":"${'x'.repeat(33 * 1_048_576)}"}`,
    );
    expect([status, body.code]).toEqual([413, 'input.too_large']);
  });
});
