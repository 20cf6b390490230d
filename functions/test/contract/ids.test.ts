import { CandidateId, DocumentId, TenantId } from '../../src/contract/ids.ts';
import { rolesToScopes, scopesOf } from '../../src/contract/scopes.ts';

describe.each([
  ['TenantId', TenantId],
  ['CandidateId', CandidateId],
  ['DocumentId', DocumentId],
] as const)('%s', (_, Id) => {
  it.each(['abc', 'A-b_9', 'x'.repeat(64), '---'])('takes %j', (id) => {
    expect(Id.parse(id)).toBe(id);
  });

  it.each([
    '',
    'ab',
    'x'.repeat(65),
    'a:b',
    'a/b',
    'a b',
    'a.b',
    '../..',
    'ção',
    "a'b",
    'abc\n',
    ' abc',
    'abc\0',
    5,
    null,
    {},
  ])('refuses %j', (id) => {
    expect(Id.safeParse(id).success).toBe(false);
  });
});

describe('scopes', () => {
  it('are those of all roles together', () => {
    expect([...scopesOf(['auditor'])].sort()).toEqual([...rolesToScopes.auditor].sort());
    expect(scopesOf([]).size).toBe(0);
    expect(scopesOf(['auditor', 'recruiter'])).toEqual(new Set([...rolesToScopes.auditor, ...rolesToScopes.recruiter]));
  });

  it('of an auditor let nothing be written', () => {
    expect(rolesToScopes.auditor.filter((scope) => !scope.endsWith(':read'))).toEqual([]);
  });
});
