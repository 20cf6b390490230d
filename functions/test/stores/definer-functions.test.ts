import { type Attack, openAttack } from './attack.ts';

let attack: Attack;
let [a, b]: string[] = [];
const attempt: Attack['attempt'] = (...call) => attack.attempt(...call);

beforeAll(async () => {
  attack = await openAttack();
  ({ a, b } = attack);
});
afterAll(() => attack.close());

describe('the definer functions, called straight as the runtime role', () => {
  const legs: [string, string][] = [
    [
      'search_vectors',
      `select * from headhunter.search_vectors($1, 1::smallint, (select '[' || string_agg('0.1', ',') || ']' from generate_series(1, 128)), '{}', 10)`,
    ],
    [
      'search_terms',
      `select * from headhunter.search_terms($1, (select array_agg(term order by term) from headhunter.term_counts), (select array_agg(1::real) from headhunter.term_counts), '{}', 10)`,
    ],
  ];

  it.each(legs)('%s answers the bound tenant, and refuses any other, none, and one with quotes', async (_, call) => {
    const own = await attempt(a, call, [a]);
    expect(own).toHaveLength(10);
    for (const [bound, asked] of [
      [a, b],
      [undefined, a],
      ['', ''],
      ['', a],
      [a, ''],
      [a, null],
      [undefined, null],
      [a, `${a}' or true --`],
    ] as const) {
      expect([bound, asked, await attempt(bound, call, [asked])]).toEqual([bound, asked, '42501']);
    }
  });

  it.each(legs)('%s takes a bound tenant with quotes as a name that nobody has', async (_, call) => {
    for (const name of [
      `${b}' or 'x'='x`,
      `x' union select candidate_id, 1, true from headhunter.candidates --`,
      `%s`,
      `'; drop table headhunter.corpora; --`,
    ]) {
      expect([name, await attempt(name, call, [name])]).toEqual([name, []]);
    }
  });

  it('weigh_terms, which runs with the caller’s own rights, tells nothing of another tenant', async () => {
    const call =
      'select * from headhunter.weigh_terms($1, (select array_agg(n) from generate_series(1, 10) n), array_fill(1::real, array[10]))';
    expect(await attempt(a, call, [b])).toEqual([]);
    expect(await attempt(undefined, call, [b])).toEqual([]);
  });

  it('neighbourhoods_of, which does too, tells nothing of another tenant', async () => {
    const call = `select * from headhunter.neighbourhoods_of($1, '{sql,python}')`;
    expect(await attempt(a, call, [a])).toHaveLength(2);
    for (const [bound, asked] of [
      [a, b],
      [undefined, a],
      ['', a],
      [a, `${a}' or true --`],
    ] as const)
      expect([bound, asked, await attempt(bound, call, [asked])]).toEqual([bound, asked, []]);
  });

  it('those that record and explain a ranking, which do too, tell and take nothing of another tenant', async () => {
    const vector = `(select '[' || string_agg('0.1', ',') || ']' from generate_series(1, 128))`;
    const words = `(select array_agg(term) from headhunter.term_counts), (select array_agg(1::real) from headhunter.term_counts)`;
    for (const [call, own] of [
      [`select * from headhunter.filters_failed($1, 'sec-1', '{"skills":["nobody"]}')`, [{ failed: 'skills' }]],
      [
        `select better < 12 as told from headhunter.vector_place($1, 'sec-1', 1::smallint, ${vector}, '{}')`,
        [{ told: true }],
      ],
      [`select better < 12 as told from headhunter.terms_place($1, 'sec-1', ${words}, '{}')`, [{ told: true }]],
    ] as const) {
      expect([call, await attempt(a, call, [a])]).toEqual([call, own]);
      const theirs = await attempt(a, call, [b]);
      // Whoever is not there passes no filter, whichever it is.
      expect([call, theirs]).toEqual([call, call.includes('filters_failed') ? own : []]);
    }
    const kept = `headhunter.record_decision($1, 'dc-x', 'search.hybrid', 'person', 'eve', 'request', now(), '{}', '{}', '{}', '',
      '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')`;
    expect(await attempt(a, `select ${kept}`, [b])).toBe('42501');
    expect(await attempt(undefined, `select ${kept}`, [a])).toBe('42501');
  });

  it('filter values are data in every field', async () => {
    const evil = `x'}') or true) or c.tenant_id <> ''; select pg_sleep(9); --`;
    const vector = legs[0]?.[1] ?? '';
    for (const filters of [
      { skills: [evil] },
      { locations: [evil, "'{}'"] },
      { industries: [evil] },
      { languages: [evil] },
      { countries: [evil], unknown: 'exclude' },
      { metadata: { a: evil } },
      { skills: ['%s', '%L', '$1', '\\', '"', '{', ','] },
    ]) {
      expect([filters, await attempt(a, vector.replace(`'{}'`, '$2::jsonb'), [a, JSON.stringify(filters)])]).toEqual([
        filters,
        [],
      ]);
    }
    for (const filters of [
      { minYears: '1 or true' },
      { maxYears: "0') or (true" },
      { seniorityRanks: ['1) or (true'] },
    ]) {
      expect(
        await attempt(a, vector.replace(`'{}'`, '$2::jsonb'), [a, JSON.stringify({ ...filters, unknown: 'exclude' })]),
      ).toBe('22P02');
    }
    const all = await attempt(a, vector.replace(`'{}'`, '$2::jsonb').replace(', 10)', ', 100000)'), [
      a,
      '{"unknown":"x) or true"}',
    ]);
    expect(all).toHaveLength(await attack.count(a, 'candidates'));
  });

  it('may execute no function that is the operator’s or the owner’s', async () => {
    const rows = (await attempt(
      undefined,
      `select p.proname as name, has_function_privilege(p.oid, 'execute') as may from pg_proc p
       join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'headhunter' and p.prorettype <> 'trigger'::regtype`,
    )) as { name: string; may: boolean }[];
    expect(
      rows
        .filter(({ may }) => may)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'bound_tenant',
      'claim_idempotency',
      'filter_predicate',
      'filters_failed',
      'keep_reply',
      'lapse_budget',
      'mark_effect',
      'market_lock',
      'neighbourhoods_of',
      'posting_skills',
      'record_audit',
      'record_decision',
      'register_model',
      'release_key',
      'reserve_budget',
      'search_terms',
      'search_vectors',
      'settle_budget',
      'terms_place',
      'vector_place',
      'weigh_terms',
    ]);
    for (const call of [
      "promote_prepare('x')",
      "promote_recall('x', 1)",
      "promote_switch('x', 1)",
      'tenant_sizes()',
      "isolate('headhunter.candidates')",
      "index_model('x', 1::smallint, 8)",
      'audited_tenants()',
      "audit_head('x')",
      "audit_page('x', 0, 1)",
      "audit_changes('headhunter.candidates')",
      'market_spans()',
      "market_recount('x', '2026-01-05', '2026-01-05')",
      "neighbourhoods_outdated('x')",
      "market_revision('x')",
      "market_exceeds('x', 1)",
      "market_ads('x', '', 1)",
      "neighbourhoods_keep('x', '[]')",
      "neighbourhoods_settle('x', '{}', 1, 1, now())",
    ]) {
      expect([call, await attempt(a, `select headhunter.${call}`)]).toEqual([call, '42501']);
    }
  });
});
