import type { TenantId } from '../../src/contract/ids.ts';
import { mostTenantAliases } from '../../src/contract/occupation.ts';
import { openTaxonomy } from '../../src/platform/taxonomy.ts';
import { expectClear } from '../clear-error.ts';
import { ask, dialects, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let rows: TenantRows;
let a: TenantId;
let b: TenantId;
let ana: Person;
let bob: Person;
let version: string;

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  [a, b] = [await world.tenant('eco-a'), await world.tenant('eco-b')];
  [ana, bob] = [await world.person(a), await world.person(b)];
  version = (await openTaxonomy()).manifest.version;
}, 30_000);
afterAll(async () => {
  await rows.close();
  await world.close();
});

const ok = async (id: string, input: Record<string, unknown>, who = ana): Promise<Json> => {
  const { status, reply, error } = await ask(who, 'rest', id, input);
  expect([status, error]).toEqual([200, undefined]);
  return reply;
};
const search = async (title: string, more: object = {}, who = ana): Promise<Json[]> =>
  (await ok('eco.search', { title, ...more }, who)).results;

describe('searching occupations', () => {
  it.each([
    ['eng. de software pl.', 'Engenheiro de software', 'mid'],
    ['analista contábil jr', 'Analista contábil', 'junior'],
    ['Enfermeiro(a)', 'Enfermeiro', null],
    ['Medica Veterinária', 'Médico veterinário', null],
    ['cientista de dadso', 'Cientista de dados', null],
    ['ASG', 'Auxiliar de limpeza', null],
    ['Data enginer sr', 'engenheiro de dados', 'senior'],
  ])('%s is found as %s', async (title, found, seniority) => {
    const reply = await ok('eco.search', { title, limit: 3 });
    expect(reply.results.map((one: Json) => one.title)).toContain(found);
    expect(reply.seniority).toBe(seniority);
    expect(reply.taxonomyVersion).toBe(version);
  });

  it('answers alike in both dialects, and the second time from the cache', async () => {
    const input = { title: 'Motorista de ônibus', limit: 5 };
    const [rest, callable] = [
      await ask(ana, 'rest', 'eco.search', input),
      await ask(ana, 'callable', 'eco.search', input),
    ];
    expect(callable.reply.results).toEqual(rest.reply.results);
    expect(rest.reply.results).toHaveLength(5);
    expect(callable.reply.cacheHit).toBe(true);
  });

  it('finds by meaning what is written like no title, says so, and is less sure', async () => {
    for (const dialect of dialects) {
      const { reply } = await ask(ana, dialect, 'eco.search', { title: 'desarrollador de videojuegos' });
      expect(reply.results[0]).toMatchObject({ title: 'Desenvolvedor de jogos digitais', matched: { as: 'meaning' } });
      expect(reply.results[0].confidence).toBeLessThan(0.9);
    }
    expect(await search('asdfgh qwerty')).toEqual([]);
  });

  it('ranks by confidence, at most as many as asked for', async () => {
    const found = await search('analista', { limit: 50 });
    const confidences = found.map(({ confidence }) => confidence);
    expect(confidences).toEqual(confidences.toSorted((x, y) => y - x));
    expect(found.length).toBeLessThanOrEqual(50);
    expect(new Set(found.map(({ ecoId }) => ecoId)).size).toBe(found.length);
  });

  it('keeps to the classifications of the country, and names things in the language asked for', async () => {
    const systems = async (country: string) =>
      new Set((await search('nurse', { country, locale: 'en', limit: 20 })).map(({ ecoId }) => ecoId.split(':')[0]));
    expect(await systems('US')).toEqual(new Set(['onet', 'esco']));
    expect(await systems('PT')).toEqual(new Set(['esco']));
    const [english] = await search('Enfermeiro', { country: 'PT', locale: 'en' });
    expect(english).toMatchObject({ locale: 'en', title: expect.stringContaining('nurse') });
  });

  it.each([
    '🚀🚀',
    'Инженер',
    '护士长',
    '.*',
    '%_%',
    '\\\\',
    "'; drop table x; --",
    '(((',
    'a\u0301\u0301\u0301b',
    '0x',
  ])('%s is answered soundly by both dialects', async (title) => {
    for (const dialect of dialects) {
      const { status, reply, error } = await ask(ana, dialect, 'eco.search', { title });
      if (status === 200) expect(Array.isArray(reply.results)).toBe(true);
      else expectClear(status, error, title);
    }
  });

  it.each([
    [{ title: '' }, 'title'],
    [{ title: ' x ' }, 'title'],
    [{ title: 'x'.repeat(10_240) }, 'title'],
    [{ title: 'Enfermeiro', locale: 'xx' }, 'locale'],
    [{ title: 'Enfermeiro', country: 'Brasil' }, 'country'],
    [{ title: 'Enfermeiro', limit: 51 }, 'limit'],
    [{ title: 'Enfermeiro', limit: 0 }, 'limit'],
    [{}, 'title'],
  ])('%j is refused, naming the field', async (input, field) => {
    for (const dialect of dialects) {
      const { status, error } = await ask(ana, dialect, 'eco.search', input);
      expect([status, error.code, error.details.map(({ path }: Json) => path)]).toEqual([
        400,
        'input.invalid',
        [field],
      ]);
    }
  });
});

describe('one occupation', () => {
  it('tells names, description, what it asks for and where else it is', async () => {
    const nurse = await ok('eco.get', { ecoId: 'cbo:2235-05' });
    expect(nurse).toMatchObject({ title: 'Enfermeiro', locale: 'pt-BR', group: { scheme: 'cbo', code: '2235' } });
    expect(nurse.description.from).toMatch(/^esco:/);
    expect(nurse.template.source).toBe('esco');
    expect(nurse.template.requiredSkills.length).toBeGreaterThan(5);
    expect(nurse.crosswalk.isco).toMatchObject([{ code: '2221', method: 'lexical' }]);
    expect(nurse.taxonomyVersion).toBe(version);
  });

  it('leads from CBO to O*NET, and says of each link how, who and how sure', async () => {
    const { isco, links } = await ok('eco.crosswalk', { ecoId: 'cbo:2235-05' });
    expect(isco[0]).toMatchObject({ code: '2221', title: 'Enfermeiros generalistas e especialistas' });
    const onet = links.find(({ to }: Json) => to === 'onet:29-1141.00');
    expect(onet).toMatchObject({ title: 'Registered Nurses', method: 'lexical', source: 'Headhunter' });
    expect(onet.through).toMatch(/^esco:/);
    expect(links.every(({ confidence }: Json) => confidence >= 0.2 && confidence <= 1)).toBe(true);
    const back = await ok('eco.crosswalk', { ecoId: 'onet:29-1141.00' });
    expect(back.links.map(({ to }: Json) => to)).toContain('cbo:2235-05');
    expect(back.links[0]).toMatchObject({ method: 'official', source: 'ESCO-O*NET crosswalk, 2022-09' });
  });

  it.each(['eco.get', 'eco.crosswalk'])('%s says clearly that there is none, or that it is no id', async (id) => {
    for (const dialect of dialects) {
      expect((await ask(ana, dialect, id, { ecoId: 'cbo:0000-00' })).error.code).toBe('occupation.not_found');
      for (const ecoId of ['2235-05', 'cbo:', 'cbo:../x', "esco:' or 1=1", 'isco:2221', `esco:${'x'.repeat(100)}`])
        expect((await ask(ana, dialect, id, { ecoId })).error).toMatchObject({
          code: 'input.invalid',
          details: [{ path: 'ecoId' }],
        });
    }
  });
});

describe('normalising titles', () => {
  it('answers each in its order, with level and ranked occupations', async () => {
    const titles = ['Enfermeiro(a) UTI Sr.', '🚀🚀', 'dev fullstack pleno', 'responsable de tienda'];
    const { results } = await ok('eco.normalize', { titles, limit: 2 });
    expect(results.map(({ title }: Json) => title)).toEqual(titles);
    expect(results.map(({ seniority }: Json) => seniority)).toEqual(['senior', null, 'mid', null]);
    expect(results[0].occupations[0].title).toBe('Enfermeiro de terapia intensiva');
    expect(results[1].occupations).toEqual([]);
    expect(results[2].occupations[0].ecoId).toBe('own:fullstack-engineer');
    expect(results[3].occupations[0]).toMatchObject({ title: 'Gerente de loja', matched: { as: 'meaning' } });
    expect(results.every(({ occupations }: Json) => occupations.length <= 2)).toBe(true);
  });

  it.each([
    [{ titles: [] }, 'titles'],
    [{ titles: Array.from({ length: 101 }, () => 'Analista') }, 'titles'],
    [{ titles: ['Analista', 'x'.repeat(121)] }, 'titles[1]'],
    [{ titles: ['Analista'], limit: 11 }, 'limit'],
  ])('refuses what is out of bounds', async (input, field) => {
    const { status, error } = await ask(ana, 'rest', 'eco.normalize', input);
    expect([status, error.details[0].path]).toEqual([400, field]);
  });
});

describe('a tenant’s own names and templates', () => {
  const ecoId = 'own:software-engineer';

  it('are found at once, come first, and are nobody else’s', async () => {
    expect(await search('Artesão de software', { limit: 1 })).not.toMatchObject([{ matched: { as: 'tenant-alias' } }]);
    await ok('eco.override', {
      ecoId,
      aliases: ['Artesão de software', 'Artesão de software'],
      industries: ['fintech'],
    });
    const alias = { ecoId, confidence: 1, matched: { text: 'Artesão de software', as: 'tenant-alias' } };
    expect(await search('Artesão de software', { limit: 1 })).toMatchObject([alias]);
    expect((await search('artezao de sofware', { limit: 1 }))[0]).toMatchObject({ ecoId });
    expect(JSON.stringify(await search('Artesão de software', { limit: 50 }, bob))).not.toContain('tenant-alias');
    expect(await ok('eco.get', { ecoId })).toMatchObject({
      tenantAliases: ['Artesão de software'],
      industries: ['fintech'],
      template: { source: 'esco' },
    });
    expect(await ok('eco.get', { ecoId }, bob)).toMatchObject({ tenantAliases: [], industries: [] });
  });

  it('are replaced as a whole', async () => {
    const template = { requiredSkills: ['Java'], preferredSkills: [], yearsExperienceMin: 3, yearsExperienceMax: 6 };
    await ok('eco.override', { ecoId, template });
    const own = await ok('eco.get', { ecoId });
    expect(own).toMatchObject({ tenantAliases: [], template: { ...template, source: 'tenant', from: ecoId } });
    expect(JSON.stringify(await search('Artesão de software', { limit: 50 }))).not.toContain('tenant-alias');
  });

  it('are refused for an occupation there is not, and for years that run backwards', async () => {
    const unknown = await ask(ana, 'rest', 'eco.override', { ecoId: 'cbo:0000-00', aliases: ['Ninguém'] });
    expect(unknown.error.code).toBe('occupation.not_found');
    const backwards = { ecoId, template: { yearsExperienceMin: 6, yearsExperienceMax: 3 } };
    const { error } = await ask(ana, 'rest', 'eco.override', backwards);
    expect(error.details).toEqual([
      { path: 'template.yearsExperienceMax', message: 'must be at least yearsExperienceMin' },
    ]);
  });

  it('need a scope that an auditor lacks', async () => {
    const auditor = await world.person(a, ['auditor']);
    expect((await ask(auditor, 'rest', 'eco.override', { ecoId })).error.code).toBe('auth.scope_missing');
    expect((await ask(auditor, 'rest', 'eco.search', { title: 'Analista' })).status).toBe(200);
  });

  it('end where there are too many, and nothing of the last is kept', async () => {
    await rows.query(
      `with o as (insert into headhunter.occupation_overrides select $1, 'own:dba', '{}', null, now() returning 1)
       insert into headhunter.occupation_aliases select $1, 'own:dba', 'Nome ' || n from generate_series(1, $2::int) n`,
      [b, mostTenantAliases],
    );
    const { status, error } = await ask(bob, 'rest', 'eco.override', { ecoId, aliases: ['Um a mais'] });
    expect([status, error.code]).toEqual([400, 'occupation.aliases_full']);
    expect(error.details).toEqual([{ path: 'aliases', message: 'there can be 2000 over all occupations' }]);
    expect((await rows.countsOf(b))['occupation_aliases']).toBe(mostTenantAliases);
  });
});
