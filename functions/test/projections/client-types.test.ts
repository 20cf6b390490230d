import type { Client } from '../../../clients/web/index.js';
import { createClient as createWebClient, HeadhunterError } from '../../../clients/web/index.js';
import type { Registry } from '../../src/endpoints/registry.ts';
import type { ClientOf } from '../../src/projections/client.ts';

type Inputs<C> = {
  [Service in keyof C]: {
    [Verb in keyof C[Service]]: C[Service][Verb] extends (input: infer In) => unknown ? NonNullable<In> : never;
  };
};

// What the compiler holds here, `npm run verify` holds: these functions are never called.
export const printedTypesAreTheDeclaredOnes = (
  web: Client,
  declared: ClientOf<Registry>,
  a: Inputs<Client>,
  b: Inputs<ClientOf<Registry>>,
) => {
  const asDeclared: ClientOf<Registry> = web;
  const inputsOneWay: Inputs<ClientOf<Registry>> = a;
  const inputsOtherWay: Inputs<Client> = b;
  return [asDeclared, inputsOneWay, inputsOtherWay, declared];
};

export const wrongInputDoesNotCompile = (web: Client, declared: ClientOf<Registry>) => [
  web.search.hybrid({ query: 'Java', limit: 5 }),
  // @ts-expect-error a limit is a number
  web.search.hybrid({ query: 'Java', limit: '5' }),
  // @ts-expect-error there is no such field
  web.search.hybrid({ querry: 'Java' }),
  // @ts-expect-error the candidate has to be named
  web.candidates.get({}),
  // @ts-expect-error there is no such endpoint
  web.candidates.destroy({ candidateId: 'x-1' }),
  // @ts-expect-error there is no such seniority
  declared.search.hybrid({ query: 'Java', filters: { seniorityLevels: ['guru'] } }),
  declared.candidates.get({ candidateId: 'x-1' }),
  // @ts-expect-error the reply has no such field
  declared.candidates.get({ candidateId: 'x-1' }).then(({ salary }) => salary),
];

describe('generated web client', () => {
  it('has a call for every endpoint, carried by the transport it is given', async () => {
    const ids: string[] = [];
    const client = createWebClient(async ({ id }) => {
      ids.push(id);
      return {};
    });
    for (const verbs of Object.values(client))
      for (const call of Object.values(verbs)) await (call as (input: object) => unknown)({});
    const { registry } = await import('../../src/endpoints/registry.ts');
    expect(ids).toEqual(Object.values(registry).flatMap((verbs) => Object.values(verbs).map(({ id }) => id)));
  });

  it('has errors that a program can tell by their code', () => {
    expect(new HeadhunterError('search.unavailable', 'away')).toMatchObject({
      name: 'HeadhunterError',
      code: 'search.unavailable',
    });
  });
});
