import { randomUUID } from 'node:crypto';
import { people } from '../../scripts/demo/people.ts';
import type { CandidateProfile } from '../src/contract/candidate.ts';
import type { TenantId } from '../src/contract/ids.ts';
import { encodeCursor } from '../src/contract/paging.ts';
import { registry } from '../src/endpoints/registry.ts';
import { closeKeyValue, openKeyValue } from '../src/platform/cache.ts';
import { openLexicon } from '../src/platform/lexicon.ts';
import { endpointsOf } from '../src/projections/routes.ts';
import {
  ask,
  crowdOf,
  type Dialect,
  dialects,
  type Json,
  openWorld,
  type Person,
  uidOf,
  type World,
} from './harness.ts';
import { clusterTitlesOf } from './title-proposal.ts';

interface Row {
  readonly candidateId: string;
  readonly profile: CandidateProfile;
}

let world: World;
let [a, b]: TenantId[] = [];
let ana: Person;
let bob: Person;
let pool: Row[];
const crowdSize = crowdOf(2_500);
const colleagues = new Map<Person, string>();
const homes = new Map<Person, TenantId>();

const importAll = async (person: Person, rows: readonly Row[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += 500) {
    const { status, body } = await person.rest('POST', '/v1/candidates/import', {
      candidates: rows.slice(at, at + 500),
    });
    expect([status, body.counts?.rejected]).toEqual([200, 0]);
  }
};

/** Someone much like `row`, in fewer words so that many fit; the first 120 are the same people under the same ids. */
const double = ({ candidateId, profile }: Row, i: number): Row =>
  i < 120
    ? { candidateId, profile }
    : {
        candidateId: `${candidateId}-${i}`,
        profile: {
          ...profile,
          fullName: `${profile.fullName} ${i}`,
          summary: undefined,
          education: [],
          certifications: [],
          skills: profile.skills.slice(0, 4),
          experience: profile.experience.slice(0, 1).map(({ title, start, current }) => ({ title, start, current })),
        },
      };

beforeAll(async () => {
  world = await openWorld();
  [a, b] = [await world.tenant('iso-a'), await world.tenant('iso-b')];
  [ana, bob] = [await somebody(a), await somebody(b)];
  pool = people('iso', 120, await openLexicon());
  await importAll(ana, pool);
  await fileExtras(ana);
}, 60_000);
afterAll(() => world.close());

/** A recruiter who administers the tenant: a colleague, a key and a client are there before they ask. */
async function somebody(tenant: TenantId): Promise<Person> {
  const person = await world.person(tenant, ['recruiter', 'admin', 'auditor']);
  colleagues.set(person, uidOf(await world.person(tenant)));
  homes.set(person, tenant);
  await world.integrator(tenant);
  return person;
}

const resume = Buffer.from('Joana Exemplo\nAnalista de Dados\nSQL, Python e Power BI em Recife.\n').toString('base64');
const [first, second] = ['iso-0001', 'iso-0002'];

/** Titles of the person's tenant, clustered anew: what was clustered before is superseded. */
const clusterAnew = (person: Person) =>
  clusterTitlesOf(homes.get(person) as TenantId, { minSamples: 3 }, new Date('2026-02-01'));

/** Advertisements, a document, a further vector and a clustering, beside the profiles. */
async function fileExtras(person: Person): Promise<void> {
  const document = { candidateId: first, fileName: 'cv.txt', contentBase64: resume };
  expect((await person.call('candidates.upload', document)).status).toBe(200);
  const note = { candidateId: second, chunkType: 'note', text: 'Liderou a migração para Kafka e Kubernetes.' };
  expect((await person.call('embed.upsert', note)).status).toBe(200);
  for (const [id, input] of market.slice(0, 1)) expect((await person.call(id, input)).status).toBe(200);
  expect(await clusterAnew(person)).not.toBeNull();
}

/** Advertisements of A, and what they tell; B has the same and ten times more. */
const advertisement = (i: number, count: number) => ({
  postedAt: `2026-01-${String(5 + (i % 20)).padStart(2, '0')}`,
  source: 'gupy',
  title: 'Desenvolvedora Backend',
  skills: ['Java', ['Kafka', 'SQL', 'Docker'][i % 3]],
  region: ['SP', 'PE'][i % 2],
  count,
});
const market: [string, Record<string, unknown>][] = [
  ['msgs.import', { postings: Array.from({ length: 12 }, (_, i) => advertisement(i, 2)) }],
  ['msgs.expand', { skillId: 'java', includeRelatedRoles: true }],
  ['msgs.template', { ecoId: 'own:backend-engineer', includeDemand: true }],
  ['msgs.demand', { skillId: 'java', windowWeeks: 4 }],
];

/** What A asks, in this order; whatever a call adds, a later one takes away, so that asking twice is asking the same. */
const questions = (uid = 'nobody'): [string, Record<string, unknown> | ((last: Json) => Record<string, unknown>)][] => [
  ['admin.remove-member', { uid }],
  ['admin.invite-member', { email: `${uid}@example.com`, roles: ['recruiter'] }],
  ['admin.change-member-roles', { uid, roles: ['auditor'] }],
  ['admin.list-members', {}],
  ['admin.create-api-key', { name: 'Vagas', scopes: ['search:read'] }],
  ['admin.rotate-api-key', ({ apiKey: { keyId } }) => ({ keyId, overlapSeconds: 0 })],
  ['admin.revoke-api-key', ({ apiKey: { keyId } }) => ({ keyId })],
  ['admin.list-api-keys', { limit: 1 }],
  ['admin.create-oauth-client', { name: 'Vagas', scopes: ['search:read'] }],
  ['admin.rotate-oauth-client', ({ client: { clientId } }) => ({ clientId, overlapSeconds: 0 })],
  ['admin.revoke-oauth-client', ({ client: { clientId } }) => ({ clientId })],
  ['admin.list-oauth-clients', { limit: 1 }],
  ['admin.list-title-proposals', { limit: 1 }],
  ['admin.get-title-proposal', ({ proposals: [{ proposalId }] }) => ({ proposalId, limit: 50 })],
  [
    'admin.review-titles',
    ({ proposalId, clusters }) => ({
      proposalId,
      decisions: clusters
        .flatMap(({ entries }: Json) => entries.slice(0, 1))
        .slice(0, 1)
        .map(({ entryId }: Json) => ({ entryId, verdict: 'publish', ecoId: 'own:dba' })),
    }),
  ],
  ['eco.get', { ecoId: 'own:dba' }],
  ['eco.override', { ecoId: 'own:dba' }],
  ['candidates.upsert', { candidateId: 'iso-guest', profile: { ...pool[5]?.profile, fullName: 'Visita Breve' } }],
  ['candidates.upload', { candidateId: 'iso-guest', fileName: 'cv.txt', contentBase64: resume }],
  ['embed.upsert', { candidateId: 'iso-guest', chunkType: 'note', text: 'Coordenou a implantação do SAP.' }],
  ['candidates.get', { candidateId: 'iso-guest' }],
  ['candidates.import', { candidates: pool.slice(1, 20) }],
  ['candidates.import', { csv: 'candidateId,fullName\niso-csv,Ana Exemplo\n' }],
  ['candidates.remove', { candidateId: 'iso-guest' }],
  ['candidates.remove', { candidateId: 'iso-csv' }],
  ['candidates.remove', { candidateId: 'iso-0003-7' }],
  ['admin.audit', { action: 'candidate.removed', limit: 1 }],
  ['candidates.get', { candidateId: first, includeText: true }],
  ['candidates.get', { candidateId: 'iso-0003-7' }],
  ['candidates.list', { limit: 7 }],
  ['candidates.list', { limit: 200 }],
  ['enrich.profile', { candidateId: first, async: false, force: true }],
  ['enrich.status', ({ job: { jobId } }) => ({ jobId })],
  ['enrich.replay', ({ job: { jobId } }) => ({ jobIds: [jobId] })],
  ['enrich.jobs', { candidateId: first }],
  ['eco.override', { ecoId: 'own:dba', aliases: ['Guardiã dos dados'], industries: ['fintech'] }],
  ['eco.search', { title: 'Guardiã dos dados', limit: 50 }],
  ['eco.normalize', { titles: ['Guardiã dos dados', 'eng. de software pl.'] }],
  ['eco.get', { ecoId: 'own:dba' }],
  ['eco.crosswalk', { ecoId: 'own:dba' }],
  ['eco.override', { ecoId: 'own:dba' }],
  ['embed.generate', { text: 'Engenheira de dados com Spark' }],
  ['embed.query', { query: 'liderança em migração para Kafka', limit: 50 }],
  ['embed.query', { query: 'contabilidade', limit: 200, similarityThreshold: 0.1 }],
  ...[
    { query: 'desenvolvedora Java sênior com Kafka em Recife', limit: 200 },
    { query: 'data engineer with Spark and Airflow, fluent English', limit: 200, locale: 'en' },
    { query: 'analista', limit: 20, offset: 40 },
    {
      query: 'gerente de vendas',
      roleType: 'manager',
      filters: { countries: ['BR'], minExperienceYears: 3 },
      limit: 200,
    },
    { query: 'python', filters: { skills: ['Python'], languages: ['en'] }, limit: 200 },
    {
      query: 'engenheiro',
      filters: { locations: ['São Paulo'], unknown: 'exclude', seniorityLevels: ['senior', 'staff'] },
      limit: 200,
    },
    {
      jobDescription:
        'Requisitos: SQL, Excel\nDiferencial: Power BI\nInglês avançado. 3 a 8 anos de experiência. Híbrido em Campinas.',
      limit: 200,
    },
  ].map((input): [string, Record<string, unknown>] => ['search.hybrid', input]),
  ['decisions.get', ({ decisionId }) => ({ decisionId, limit: 300 })],
  ['decisions.replay', ({ decisionId }) => ({ decisionId })],
  [
    'search.explain',
    { candidateId: second, query: 'gerente de vendas', filters: { minExperienceYears: 30 }, limit: 5 },
  ],
  ...market,
  ['search.candidates', { query: 'designer de produto com Figma', limit: 100 }],
  ['search.candidates', { query: 'auxiliar administrativo', limit: 100 }],
];

// What two askings of one call differ by: their own id and clock, and credentials that are new each time.
const perCall = new Set([
  'requestId',
  'timings',
  'updatedAt',
  'createdAt',
  'expiresAt',
  'acceptedUntil',
  'generatedAt',
  'countedAt',
  'proposalId',
  'decisionId',
  'madeAt',
  'answeredRequestId',
  // Of a job that is asked for by force: one run more each time, and when.
  'run',
  'history',
]);
const credential = new Set([
  'key',
  'keyId',
  'prefix',
  'replaces',
  'replacedBy',
  'clientId',
  'clientSecret',
  'secretId',
]);
// The audit log has grown between the two, and says who asked.
const perEntry = new Set(['seq', 'at', 'hash', 'actor', 'nextCursor']);
const told = (body: Json): string =>
  JSON.stringify(body, (key, value) => {
    if (key === 'nextCursor' && ('apiKeys' in body || 'clients' in body || 'proposals' in body)) return value !== null;
    if (Array.isArray(body.entries) && perEntry.has(key)) return value !== null;
    // Who made a ranking and by which revision; a revision is new for each asking.
    if ('setHash' in body && (key === 'by' || key === 'code')) return undefined;
    if (('madeFrom' in body || 'proposals' in body) && key === 'version') return undefined;
    return perCall.has(key) || credential.has(key) ? undefined : value;
  });

/** Each question and its answer; some speak of what the answer before was about. */
async function* asked(person: Person, dialect: Dialect) {
  let last: Json;
  await clusterAnew(person);
  for (const [id, question] of questions(colleagues.get(person))) {
    const input = typeof question === 'function' ? question(last) : question;
    const answer = await ask(person, dialect, id, input);
    last = answer.reply;
    yield { id, input, ...answer };
  }
}

/** Every answer as bytes, computed anew: no answer outlives the revision of the code that gave it. */
async function answers(person: Person): Promise<string[]> {
  process.env['K_REVISION'] = randomUUID();
  const bytes: string[] = [];
  for await (const { id, input, status, reply, error } of asked(person, 'rest')) {
    if (status === 200 && 'cacheHit' in reply) expect([id, input, reply.cacheHit]).toEqual([id, input, false]);
    bytes.push(`${id} ${status} ${told(reply ?? error)}`);
  }
  return bytes;
}

describe('what a tenant is told', () => {
  it('asks every endpoint there is, but those of operators, whose very promise is to see every tenant', () => {
    expect([...new Set(questions().map(([id]) => id))].sort()).toEqual(
      endpointsOf(registry)
        .filter(({ scope }) => !scope.startsWith('tenants:'))
        .map(({ id }) => id)
        .sort(),
    );
  });

  it(`is byte for byte the same before and after another tenant holds ${crowdSize} similar candidates`, async () => {
    const alone = await answers(ana);
    const refused = alone.filter((answer) => !/^\S+ 200 /.test(answer)).map((answer) => answer.split(' {', 1)[0]);
    expect(refused).toEqual(['candidates.remove 404', 'candidates.get 404']);
    const crowd = Array.from({ length: crowdSize }, (_, i) => double(pool[i % 120] as Row, i));
    await importAll(bob, crowd);
    await fileExtras(bob);
    const more = Array.from({ length: 120 }, (_, i) => advertisement(i, 5 + i));
    expect((await bob.call('msgs.import', { postings: more })).body.result.counts.created).toBe(120);
    expect(await answers(ana)).toEqual(alone);
  }, 240_000);

  it('is the same as a tenant with the same people that came after', async () => {
    const a2 = await world.tenant('iso-a2');
    const eva = await somebody(a2);
    await importAll(eva, pool);
    await fileExtras(eva);
    // Cursors are the tenant's own, and so are its members.
    const comparable = (bytes: string[]) => bytes.filter((answer) => !/^(candidates\.list|admin\.)/.test(answer));
    expect(comparable(await answers(eva))).toEqual(comparable(await answers(ana)));
  }, 60_000);

  it('shows B’s people to B, so that the comparison above means something', async () => {
    const { reply } = await ask(bob, 'rest', 'search.hybrid', {
      query: 'desenvolvedora Java sênior com Kafka em Recife',
      limit: 200,
    });
    expect(reply.results.some((one: Json) => /-\d+-\d+$/.test(one.candidateId))).toBe(true);
  });
});

describe('an id of another tenant', () => {
  const theirs = 'iso-0003-122';
  const nowhere = 'iso-9999-999';
  const uses: [string, (candidateId: string) => Record<string, unknown>][] = [
    ['candidates.get', (candidateId) => ({ candidateId })],
    ['candidates.get', (candidateId) => ({ candidateId, includeText: true })],
    ['candidates.remove', (candidateId) => ({ candidateId })],
    ['candidates.upload', (candidateId) => ({ candidateId, fileName: 'cv.txt', contentBase64: resume })],
    ['embed.upsert', (candidateId) => ({ candidateId, text: 'Kafka' })],
    ['search.explain', (candidateId) => ({ candidateId, query: 'Kafka' })],
    ['enrich.profile', (candidateId) => ({ candidateId, async: false })],
  ];

  it.each(uses)(
    'is to %s what an id is that exists nowhere: candidate.not_found, in the same words',
    async (id, input) => {
      expect((await ask(bob, 'rest', 'candidates.get', { candidateId: theirs })).status).toBe(200);
      for (const dialect of ['rest', 'callable'] as const) {
        const [their, none] = [await ask(ana, dialect, id, input(theirs)), await ask(ana, dialect, id, input(nowhere))];
        expect([their.status, their.error.code]).toEqual([404, 'candidate.not_found']);
        expect(told(their.error)).toBe(told(none.error));
      }
      expect((await ask(bob, 'rest', 'candidates.get', { candidateId: theirs })).status).toBe(200);
    },
  );

  it('names the endpoints that take an id of somebody there', () => {
    const taking = endpointsOf(registry).filter(
      ({ input, errors }) => 'candidateId' in input.shape && errors.includes('candidate.not_found'),
    );
    expect([...new Set(uses.map(([id]) => id))].sort()).toEqual(taking.map(({ id }) => id).sort());
  });

  it('may be used for somebody of one’s own, and touches nobody else', async () => {
    const before = told((await ask(bob, 'rest', 'candidates.get', { candidateId: theirs })).reply);
    const made = await ask(ana, 'rest', 'candidates.upsert', {
      candidateId: theirs,
      profile: { fullName: 'Outra Pessoa' },
    });
    expect(made.reply.outcome).toBe('created');
    expect((await ask(ana, 'rest', 'candidates.remove', { candidateId: theirs })).status).toBe(200);
    expect(told((await ask(bob, 'rest', 'candidates.get', { candidateId: theirs })).reply)).toBe(before);
  });
});

describe('a proposal of another tenant', () => {
  it('is to read and to review what one is that exists nowhere: proposal.not_found, in the same words', async () => {
    const [their] = (await ask(bob, 'rest', 'admin.list-title-proposals', {})).reply.proposals;
    const decisions = [{ entryId: 'c1.template', verdict: 'reject' }];
    for (const dialect of dialects) {
      for (const [id, more] of [
        ['admin.get-title-proposal', {}],
        ['admin.review-titles', { decisions }],
      ] as const) {
        const told = [their.proposalId, 'tp_nowhere'].map(async (proposalId) => {
          const { status, error } = await ask(ana, dialect, id, { proposalId, ...more });
          return { status, ...error, requestId: '' };
        });
        const [theirs, none] = await Promise.all(told);
        expect([theirs.status, theirs.code]).toEqual([404, 'proposal.not_found']);
        expect(theirs).toEqual(none);
      }
    }
    expect((await ask(bob, 'rest', 'admin.list-title-proposals', {})).reply.proposals[0]).toEqual(their);
  });
});

describe('a cursor', () => {
  const next = async (person: Person) =>
    (await ask(person, 'rest', 'candidates.list', { limit: 3 })).reply.nextCursor as string;

  it('of another tenant is refused with page.cursor_invalid, and its own works', async () => {
    for (const dialect of ['rest', 'callable'] as const) {
      const { status, error } = await ask(ana, dialect, 'candidates.list', { cursor: await next(bob) });
      expect([status, error.code]).toEqual([400, 'page.cursor_invalid']);
    }
    expect((await ask(bob, 'rest', 'candidates.list', { cursor: await next(bob) })).status).toBe(200);
  });

  const byHand = (...position: unknown[]) => encodeCursor(a as TenantId, 'candidates.list', position as string[]);
  it.each([
    ['with one tag and another body', async () => (await next(ana)).slice(0, 16) + (await next(bob)).slice(16)],
    ['made by hand, with a time that is none', async () => byHand('yesterday-ish', 'x')],
    ['made by hand, with too few parts', async () => byHand()],
    ['made by hand, with numbers', async () => byHand(1, 2)],
  ])('%s is refused with page.cursor_invalid', async (_, make) => {
    const { status, error } = await ask(ana, 'rest', 'candidates.list', { cursor: await make() });
    expect([status, error.code]).toEqual([400, 'page.cursor_invalid']);
  });
});

describe('cache keys', () => {
  it('all begin with the tenant that asks, whatever is asked', async () => {
    await closeKeyValue();
    const store = await openKeyValue();
    if (!store) throw new Error('this run has no cache');
    const keys = new Set<string>();
    const { get, set, increment } = store;
    Object.assign(store, {
      get: (asked: string[]) => (asked.forEach((key) => keys.add(key)), get(asked)),
      set: (key: string, value: string, seconds: number) => (keys.add(key), set(key, value, seconds)),
      increment: (key: string) => (keys.add(key), increment(key)),
    });
    for await (const { status } of asked(ana, 'callable')) expect(status).toBeLessThan(500);
    expect(keys.size).toBeGreaterThan(12);
    expect([...keys].filter((key) => !key.startsWith(`t:${a}:`))).toEqual([]);
    await closeKeyValue();
  }, 60_000);
});
