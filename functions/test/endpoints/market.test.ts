import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let rows: TenantRows;
let tenant: string;
let ana: Person;
let newcomer: Person;

/** Advertisements alike: so many of them on a day, for skills and more. */
const ad = (postedAt: string, count: number, skills: string[], more: Record<string, unknown> = {}) => ({
  postedAt,
  count,
  skills,
  source: 'gupy',
  title: 'Vaga',
  ...more,
});
const backend = { title: 'Desenvolvedora Backend' };
const inPernambuco = { region: 'PE', industry: 'retail', seniority: 'junior' };

// 100 advertisements in all. Java is in 20 of them, Kafka in 25, both in 10: by chance 5 would be, so PMI is 1 bit. The last
// advertisement with Java is of 30 January, the last with both of 31 December, 30 days before: decay one half.
const postings = [
  ad('2025-12-31', 10, ['Java', 'Kafka'], { ...backend, region: 'SP', text: 'Experiência mínima de 4 anos.' }),
  ad('2026-01-12', 4, ['Java', 'SQL'], { ...backend, ...inPernambuco }),
  ad('2026-01-30', 6, ['Java', 'SQL'], { ...backend, ...inPernambuco, source: 'vagas' }),
  ad('2026-01-14', 15, ['Kafka']),
  ad('2026-01-16', 65, ['Excel avançado'], { region: 'SP' }),
];

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  tenant = await world.tenant('market');
  ana = await world.person(tenant);
  newcomer = await world.person(await world.tenant('newcomer'));
  const { counts } = await told('msgs.import', { postings });
  expect(counts).toEqual({ created: 5, reread: 0, unchanged: 0, rejected: 0 });
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

const told = async (id: string, input: Record<string, unknown>, person = ana): Promise<Json> => {
  const { status, reply, error } = await ask(person, 'rest', id, input);
  expect({ id, status, error }).toEqual({ id, status: 200, error: undefined });
  return reply;
};
const refused = async (id: string, input: Record<string, unknown>, person = ana): Promise<[number, string, Json]> => {
  const { status, error } = await ask(person, 'rest', id, input);
  return [status, error?.code, error?.details?.[0]];
};
const near = ({ adjacent }: Json) =>
  adjacent.map((one: Json) => [one.skillId, one.score, one.support, one.recencyDays]);

describe('msgs.expand', () => {
  it('ranks by PMI times decay, worked out by hand, and says what it was computed from', async () => {
    const reply = await told('msgs.expand', { skillId: 'java', locale: 'en' });
    // SQL: 10 * 100 / (20 * 10) is log2(5) bits, on the last day itself. Back-end development is what the title names.
    expect(near(reply)).toEqual([
      ['desenvolvimento-backend', 2.3219, 20, 0],
      ['sql', 2.3219, 10, 0],
      ['apache-kafka', 0.5, 10, 30],
    ]);
    expect(reply.seedSkill).toEqual({ skillId: 'java', label: 'Java', support: 20 });
    expect(reply.adjacent[2].sources).toEqual(['gupy']);
    expect(reply.data).toEqual({
      rows: { own: 5, shared: 0 },
      ads: 100,
      from: '2025-12-31',
      to: '2026-01-30',
      sources: ['gupy', 'vagas'],
    });
  });

  it('counts under the filters only', async () => {
    // Everything in Pernambuco names Java and SQL: no oftener together than by chance.
    const reply = await told('msgs.expand', { skillId: 'java', filters: { region: 'BR-PE' } });
    expect([near(reply), reply.data.ads, reply.data.from]).toEqual([[], 10, '2026-01-12']);
    for (const filters of [{ industry: 'retail' }, { industry: 'varejo' }, { experience: 'junior' }])
      expect((await told('msgs.expand', { skillId: 'java', filters })).data.ads).toBe(10);
    const inSaoPaulo = await told('msgs.expand', { skillId: 'java', filters: { region: 'BR-SP' } });
    // Up to its last advertisement with Java there were ten, all with Kafka.
    expect([near(inSaoPaulo), inSaoPaulo.data.ads, inSaoPaulo.data.to]).toEqual([[], 10, '2025-12-31']);
  });

  it('names the roles that ask for it when asked to, and no more than topK skills', async () => {
    const reply = await told('msgs.expand', { skillId: 'java', topK: 1, includeRelatedRoles: true });
    expect([reply.adjacent.length, reply.relatedRoles[0]]).toEqual([
      1,
      expect.objectContaining({
        ecoId: 'own:backend-engineer',
        title: 'Desenvolvedor backend',
        support: 20,
        score: 2.3219,
      }),
    ]);
  });

  it.each([
    ['a skill nobody knows', { skillId: 'unobtanium' }, 'skill.not_found', 'skillId'],
    ['a skill that no advertisement names', { skillId: 'docker' }, 'market.not_found', 'skillId'],
    ['filters that leave nothing', { skillId: 'java', filters: { region: 'BR-AC' } }, 'market.not_found', 'skillId'],
  ])('has no answer for %s, and says why', async (_, input, code, path) => {
    const [status, told, detail] = await refused('msgs.expand', input);
    expect([status, told, detail.path]).toEqual([404, code, path]);
  });

  it('wants five advertisements at least', async () => {
    const person = await world.person(await world.tenant('few'));
    await told('msgs.import', { postings: [ad('2026-01-12', 4, ['Java', 'SQL'])] }, person);
    const [status, , detail] = await refused('msgs.expand', { skillId: 'java' }, person);
    expect([status, detail.message]).toEqual([
      404,
      'is named in 4 of 4 advertisements under these filters, in 52 weeks up to 2026-01-12; at least 5 are needed',
    ]);
  });

  it('refuses filters that are none, naming them', async () => {
    for (const [filters, path] of [
      [{ region: 'BR-ZZ' }, 'filters.region'],
      [{ region: 'sp' }, 'filters.region'],
      [{ industry: 'magia' }, 'filters.industry'],
    ] as const) {
      const [status, code, detail] = await refused('msgs.expand', { skillId: 'java', filters });
      expect([status, code, detail.path]).toEqual([400, 'input.invalid', path]);
    }
  });
});

describe('msgs.template', () => {
  it('tells required and preferred skills with their share, years and regions', async () => {
    const reply = await told('msgs.template', { ecoId: 'own:backend-engineer', includeDemand: true });
    const essential = reply.requiredSkills.slice(4);
    expect(essential.length).toBeGreaterThan(5);
    for (const skill of [...essential, ...reply.preferredSkills.filter(({ support }: Json) => support === null)])
      expect(skill).toMatchObject({ importance: null, support: null, source: ['taxonomy'] });
    expect(reply).toMatchObject({
      title: 'Desenvolvedor backend',
      experienceLevel: null,
      requiredSkills: [
        { skillId: 'desenvolvimento-backend', importance: 1, support: 20, source: ['postings'] },
        { skillId: 'java', importance: 1, support: 20 },
        { skillId: 'apache-kafka', importance: 0.5, support: 10 },
        { skillId: 'sql', importance: 0.5, support: 10 },
        ...essential,
      ],
      // One row says how many years, and five are needed.
      years: null,
      yearsExperienceMin: null,
      yearsExperienceMax: null,
      prevalenceByRegion: [
        { region: 'BR-PE', share: 0.5, ads: 10, band: 'very_high' },
        { region: 'BR-SP', share: 0.5, ads: 10, band: 'very_high' },
      ],
      // .5 * 20 / 30 + .2 * 20 / 30
      confidence: 0.467,
      data: {
        postings: { ads: 20, from: '2025-12-31', to: '2026-01-30' },
        stated: { source: 'esco', from: expect.stringMatching(/^esco:/) },
      },
    });
    expect(reply.version).toMatch(/^2026-01-30(\.[0-9a-f]{8}){2}$/);
  });

  it('of a level is made of that level’s advertisements', async () => {
    const reply = await told('msgs.template', { ecoId: 'own:backend-engineer', experienceLevel: 'junior' });
    const asked = reply.requiredSkills.filter(({ source }: Json) => source.includes('postings'));
    expect([reply.data.postings.ads, asked.map((one: Json) => one.skillId)]).toEqual([
      10,
      ['desenvolvimento-backend', 'java', 'sql'],
    ]);
    const ofDirectors = await told('msgs.template', { ecoId: 'own:backend-engineer', experienceLevel: 'director' });
    expect([ofDirectors.data.postings, ofDirectors.experienceLevel]).toEqual([null, 'director']);
    const none = { ecoId: 'own:devops-engineer', experienceLevel: 'director' };
    const [status, code, detail] = await refused('msgs.template', none);
    expect([status, code, detail.path]).toEqual([404, 'market.not_found', 'experienceLevel']);
  });

  it('tells years once five advertisements do: quartiles without outliers', async () => {
    const person = await world.person(await world.tenant('years'));
    const years = [1, 2, 2, 3, 3, 4, 4, 30].map((n, i) =>
      ad('2026-01-12', 1, ['Java'], { ...backend, externalId: String(i), text: `Experiência mínima de ${n} anos.` }),
    );
    await told('msgs.import', { postings: years }, person);
    const reply = await told('msgs.template', { ecoId: 'own:backend-engineer' }, person);
    expect([reply.years, reply.yearsExperienceMin, reply.yearsExperienceMax]).toEqual([
      { p25: 2, p50: 3, p75: 3.5, count: 7 },
      2,
      3.5,
    ]);
  });

  it('is the taxonomy’s where nobody advertises, without a number that nobody counted', async () => {
    const reply = await told('msgs.template', { ecoId: 'own:architect', includeDemand: true }, newcomer);
    expect(reply).toMatchObject({
      title: 'Arquiteto',
      yearsExperienceMin: null,
      years: null,
      prevalenceByRegion: [],
      confidence: 0,
      demandIndex: null,
      data: { postings: null, stated: { source: 'esco' } },
    });
    expect(reply.requiredSkills.length).toBeGreaterThan(5);
    for (const skill of [...reply.requiredSkills, ...reply.preferredSkills])
      expect(skill).toMatchObject({ importance: null, support: null, source: ['taxonomy'] });
    expect(reply.version).toMatch(/^no-postings/);
  });

  it('names both sources of a skill that advertisements and the taxonomy ask for', async () => {
    const person = await world.person(await world.tenant('both'));
    // ESCO has it among the optional skills of software developers; every advertisement requires it.
    await told(
      'msgs.import',
      { postings: [ad('2026-01-12', 5, ['Java'], { title: 'Engenheiro de software' })] },
      person,
    );
    const reply = await told('msgs.template', { ecoId: 'own:software-engineer' }, person);
    expect(reply.requiredSkills.find(({ skillId }: Json) => skillId === 'java')).toEqual({
      skillId: 'java',
      label: 'Java',
      importance: 1,
      support: 5,
      source: ['postings', 'taxonomy'],
    });
    expect(reply.preferredSkills.map(({ skillId }: Json) => skillId)).not.toContain('java');
  });

  it('has the tenant’s own template in place of the taxonomy’s, as eco.get does, at once and for nobody else', async () => {
    const person = await world.person(await world.tenant('stating'));
    await told('msgs.import', { postings: [ad('2026-01-12', 5, ['Java', 'SQL'], backend)] }, person);
    const ecoId = 'own:backend-engineer';
    expect((await told('msgs.template', { ecoId }, person)).data.stated.source).toBe('esco');
    const template = {
      requiredSkills: ['Kotlin', 'Paciência de Jó'],
      preferredSkills: ['SQL'],
      yearsExperienceMin: 3,
      yearsExperienceMax: 6,
    };
    await told('eco.override', { ecoId, template }, person);
    const reply = await told('msgs.template', { ecoId }, person);
    const shown = ({ skillId, label, support, source }: Json) => [skillId, label, support, source];
    expect(reply.requiredSkills.map(shown)).toEqual([
      ['desenvolvimento-backend', 'desenvolvimento back-end', 5, ['postings']],
      ['java', 'Java', 5, ['postings']],
      ['kotlin', 'Kotlin', null, ['tenant']],
      [null, 'Paciência de Jó', null, ['tenant']],
    ]);
    // All advertisements require SQL; the tenant only prefers it.
    expect(reply.preferredSkills.map(shown)).toEqual([['sql', 'SQL', 5, ['postings', 'tenant']]]);
    expect([reply.yearsExperienceMin, reply.yearsExperienceMax, reply.years]).toEqual([3, 6, null]);
    expect(reply.data.stated).toMatchObject({ source: 'tenant', from: ecoId, confidence: 1 });
    expect((await told('eco.get', { ecoId }, person)).template).toMatchObject({ ...template, source: 'tenant' });
    expect((await told('msgs.template', { ecoId }, newcomer)).data.stated.source).toBe('esco');
  });

  it('has no answer for an occupation nobody knows, or of which neither postings nor the taxonomy tell', async () => {
    expect((await refused('msgs.template', { ecoId: 'own:alchemist' })).slice(0, 2)).toEqual([
      404,
      'occupation.not_found',
    ]);
    const [status, code, { message }] = await refused('msgs.template', { ecoId: 'own:devops-engineer' });
    expect([status, code]).toEqual([404, 'market.not_found']);
    expect(message).toContain('and the taxonomy does not say');
  });
});

describe('msgs.demand', () => {
  /** Vacancies counted each Sunday of eight weeks, from 4 January on. */
  const sundays = Array.from({ length: 8 }, (_, i) =>
    new Date(Date.UTC(2026, 0, 4 + 7 * i)).toISOString().slice(0, 10),
  );
  const csv = (values: readonly (number | string)[], skill = 'Kafka') =>
    [
      'Data,Site,Caracteristica,numero_de_vagas',
      ...sundays.map((day, i) => `${day},catho,${skill}, ${values[i]}`),
    ].join('\n');

  it('rises when it does, by a test, with average and deviation', async () => {
    const person = await world.person(await world.tenant('rising'));
    await told('msgs.import', { csv: csv([10, 20, 30, 40, 50, 60, 70, 80]), defaults: { country: 'BR' } }, person);
    const reply = await told('msgs.demand', { skillId: 'apache-kafka', windowWeeks: 8 }, person);
    expect([reply.measure, reply.trend, reply.trendTest]).toEqual([
      'observed',
      'rising',
      { weeks: 8, tau: 1, pValue: 0.0008, slopePerWeek: 10 },
    ]);
    expect(reply.points.map(({ weekStart, postings }: Json) => [weekStart, postings]).slice(0, 2)).toEqual([
      ['2025-12-29', 10],
      ['2026-01-05', 20],
    ]);
    // Mean 45, variance (35^2 + 25^2 + 15^2 + 5^2) / 4 = 525.
    expect(reply.points.at(-1).zScore).toBe(1.5275);
    expect(reply.latestEma).toBe(reply.points.at(-1).ema);
    expect(reply.data).toMatchObject({
      rows: { own: 8, shared: 0 },
      from: '2026-01-04',
      to: '2026-02-22',
      sources: ['catho'],
    });
    const elsewhere = await refused('msgs.demand', { skillId: 'apache-kafka', region: 'BR-SP' }, person);
    expect([elsewhere[0], elsewhere[2].path]).toEqual([404, 'region']);
    const before = await told('msgs.demand', { skillId: 'apache-kafka', windowWeeks: 4, until: '2026-01-20' }, person);
    expect(before.points.map(({ postings }: Json) => postings)).toEqual([10, 20, 30, 40]);
  });

  it('counts one of several observations of a week: the latest, of one day the largest', async () => {
    const person = await world.person(await world.tenant('repeats'));
    const counts = [
      ['2026-01-05', 90],
      ['2026-01-09', 10],
      ['2026-01-09', 12],
      ['2026-01-07', 80],
    ].map(([postedAt, count]) => ({ postedAt, count, source: 'catho', skill: 'java' }));
    await told('msgs.import', { postings: counts }, person);
    const reply = await told('msgs.demand', { skillId: 'java', windowWeeks: 4 }, person);
    expect(reply.points.map(({ postings }: Json) => postings)).toEqual([null, null, null, 12]);
    expect([reply.trend, reply.trendTest, reply.latestEma]).toEqual(['unknown', null, null]);
    await told('msgs.import', { postings: [{ ...counts[0], postedAt: '2026-01-10', count: 3 }] }, person);
    const later = await told('msgs.demand', { skillId: 'java', windowWeeks: 4 }, person);
    expect([later.cacheHit, later.points.at(-1).postings]).toEqual([false, 3]);
  });

  it('of advertisements knows a zero from a gap', async () => {
    const { points, measure } = await told('msgs.demand', { skillId: 'java', windowWeeks: 5 });
    expect(measure).toBe('posted');
    expect(points.map(({ weekStart, postings }: Json) => [weekStart, postings])).toEqual([
      ['2025-12-29', 10],
      ['2026-01-05', null],
      ['2026-01-12', 4],
      ['2026-01-19', null],
      ['2026-01-26', 6],
    ]);
    const excel = await told('msgs.demand', { skillId: 'excel-avancado', windowWeeks: 5 });
    expect(excel.points.map(({ postings }: Json) => postings)).toEqual([0, null, 65, null, 0]);
  });

  it('says that none of the advertisements names the skill instead of zeros', async () => {
    const [status, code, detail] = await refused('msgs.demand', { skillId: 'docker', windowWeeks: 5 });
    expect([status, code, detail.message]).toEqual([
      404,
      'market.not_found',
      'none of 100 advertisements of the 5 weeks up to 2026-01-30 names the skill',
    ]);
    expect((await refused('msgs.demand', { skillId: 'java' }, newcomer))[1]).toBe('market.not_found');
  });
});

describe('msgs.import', () => {
  it('loaded again changes nothing, leaves no entry, and says so', async () => {
    const before = await rows.countsOf(tenant);
    const { counts } = await told('msgs.import', { postings: [...postings, postings[0]] });
    expect(counts).toEqual({ created: 0, reread: 0, unchanged: 6, rejected: 0 });
    expect(await rows.countsOf(tenant)).toEqual(before);
  });

  it('loads what holds of a large and broken file, and tells the first hundred rows that do not', async () => {
    const person = await world.person(await world.tenant('broken'));
    const lines = Array.from({ length: 2_000 }, (_, i) => {
      const day = i % 10 === 3 ? '2031-01-01' : '2026-01-12';
      return `${day};Java;SP;j${i}${i % 100 === 7 ? ';too;many' : ''}`;
    });
    const csv = ['data;habilidades;uf;id', ...lines].join('\n');
    const reply = await told('msgs.import', { csv, defaults: { source: 'x' } }, person);
    expect(reply.counts).toEqual({ created: 1_780, reread: 0, unchanged: 0, rejected: 220 });
    expect(reply.rejected).toHaveLength(100);
    expect(reply.rejected.slice(0, 2)).toEqual([
      { row: 5, details: [{ path: 'postedAt', message: 'is in the future' }] },
      {
        row: 9,
        details: [{ path: '', message: 'has 6 columns where the header has 4; quote a cell that holds the delimiter' }],
      },
    ]);
    const { data } = await told('msgs.demand', { skillId: 'java' }, person);
    expect(data.rows.own).toBe(1_780);
  });

  it('keeps no word of an advertisement that our taxonomy does not have, in any table', async () => {
    const word = 'qzxpostingword';
    const posting = ad('2026-01-12', 1, ['Java'], {
      title: `Contadora ${word}`,
      text: `Fale com ${word}`,
      externalId: word,
    });
    const person = await world.person(await world.tenant('words'));
    expect((await told('msgs.import', { postings: [posting] }, person)).counts.created).toBe(1);
    expect(await rows.tracesOf(word)).toEqual([]);
  });

  it('reads anew what an older lexicon read, and counts it once', async () => {
    const older = await world.tenant('reread');
    const person = await world.person(older);
    await told('msgs.import', { postings }, person);
    const counts = await weekSums(older);
    await rows.query(`update headhunter.postings set lexicon_version = 'old' where tenant_id = $1`, [older]);
    const reread = { created: 0, reread: 5, unchanged: 0, rejected: 0 };
    expect((await told('msgs.import', { postings }, person)).counts).toEqual(reread);
    // What was read before titles were kept, too.
    await rows.query(`update headhunter.postings set title = null where tenant_id = $1`, [older]);
    expect((await told('msgs.import', { postings }, person)).counts).toEqual(reread);
    expect(await weekSums(older)).toEqual(counts);
  });

  it('answers a CSV it cannot map, and one that opens a quote, with one clear error', async () => {
    expect((await refused('msgs.import', { csv: 'a,b\n1,2' }))[2].path).toBe('mapping');
    expect((await refused('msgs.import', { csv: 'data,titulo\n2026-01-01,"x' }))[1]).toBe('csv.malformed');
    expect((await refused('msgs.import', {}))[1]).toBe('input.invalid');
    const tooMany = Array.from({ length: 2_001 }, () => 1);
    expect((await refused('msgs.import', { postings: tooMany }))[2].path).toBe('postings');
  });

  const weekSums = (of: string) =>
    rows.query(
      `select skill_id, week_start::text, source, region, amount, row_count from headhunter.skill_weeks
       where tenant_id = $1 order by 1, 2, 3, 4`,
      [of],
    );
});
