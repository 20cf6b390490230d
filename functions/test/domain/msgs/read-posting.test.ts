import type { Lexicon } from '../../../src/contract/lexicon.ts';
import { readPosting } from '../../../src/domain/msgs/read-posting.ts';
import { isKnownRegion, placeOf } from '../../../src/domain/msgs/region.ts';
import { yearsAsked } from '../../../src/domain/msgs/years-asked.ts';
import { type Recognizer, recognizerOf } from '../../../src/domain/text/recognizer.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';

let lexicon: Lexicon;
let recognizer: Recognizer;
beforeAll(async () => {
  lexicon = await openLexicon();
  recognizer = recognizerOf(lexicon);
});

const now = new Date('2026-02-01T12:00:00Z');
const read = (row: Record<string, unknown>) =>
  readPosting(lexicon, { postedAt: '2026-01-05', source: 'site', ...row }, now);
const postingOf = (row: Record<string, unknown>) => {
  const one = read(row);
  if (!('posting' in one)) throw new Error(JSON.stringify(one));
  return one.posting;
};
const faultsOf = (row: Record<string, unknown>) => {
  const one = read(row);
  return 'details' in one ? one.details.map(({ path }) => path) : [];
};

describe('an advertisement', () => {
  const text = `Buscamos pessoa desenvolvedora para nossa empresa com 20 anos de mercado.
Requisitos:
- Experiência mínima de 3 anos com Java e Kafka
- SQL
Diferenciais:
- Docker; inglês avançado
- SQL avançado`;

  it('becomes facts: skills required and preferred, occupation, level, years, place', () => {
    const posting = postingOf({ title: 'Desenvolvedora Backend Sênior', text, region: 'São Paulo-SP (Híbrido)' });
    expect(posting).toMatchObject({
      postedOn: '2026-01-05',
      source: 'site',
      country: 'BR',
      region: 'BR-SP',
      industry: '',
      seniority: 'senior',
      ads: 1,
      occupations: ['own:backend-engineer'],
      years: 3,
    });
    expect(posting.required).toEqual(expect.arrayContaining(['apache-kafka', 'java', 'sql']));
    expect(posting.preferred).toContain('docker');
    expect(posting.preferred.filter((id) => posting.required.includes(id))).toEqual([]);
  });

  it('keeps none of its words but those of the title that our taxonomy has', () => {
    const read = postingOf({
      title: 'Contadora Sênior da Zuleica - Zu (11) 90000-0000',
      text: 'Fale com Zuleica: zu@example.com, Docker',
    });
    expect(JSON.stringify(read)).not.toMatch(/zuleica|example|zu\b|90000/i);
    expect(read.title).toBe('Contadora Sênior');
    expect(postingOf({ title: 'Desenvolvedor(a) Java' }).title).toBe('Desenvolvedor Java');
    expect(postingOf({ title: 'Eng. de Dados (Kafka) | Remoto | vaga 4711' }).title).toBe('Eng de Dados Kafka Remoto');
    expect(postingOf({ title: 'Zuleica & Irmãs' }).title).toBe('');
  });

  it('takes lists of skills as the source writes them, and tells which are unknown', () => {
    const one = read({
      skills: ['java', 'Kafka', 'Unobtanium'],
      preferredSkills: ['Docker', 'Java'],
      skillIds: ['sql'],
    });
    expect(one).toMatchObject({
      posting: { required: ['apache-kafka', 'java', 'sql'], preferred: ['docker'] },
      unknownSkills: ['Unobtanium'],
    });
  });

  it('has the same hash when it says the same, and another when anything differs', () => {
    const hash = (row: Record<string, unknown>) => postingOf(row).contentHash;
    const base = { title: 'Contadora', text: 'Excel', region: 'PE' };
    expect(hash({ text: 'Excel ', region: 'PE', title: 'Contadora' })).toBe(hash(base));
    for (const other of [
      { text: 'excel' },
      { region: 'SP' },
      { postedAt: '2026-01-06' },
      { source: 'b' },
      { externalId: '1' },
    ])
      expect(hash({ ...base, ...other })).not.toBe(hash(base));
  });
});

it('a count of vacancies becomes an observation', () => {
  expect(read({ skill: 'Kafka', count: 0, region: 'BR' })).toEqual({
    observation: expect.objectContaining({
      skillId: 'apache-kafka',
      vacancies: 0,
      observedOn: '2026-01-05',
      country: 'BR',
    }),
  });
});

describe('a row is refused, naming the field', () => {
  it.each([
    ['in the future', { title: 'x', postedAt: '2026-02-03' }, ['postedAt']],
    ['before there was a market to speak of', { title: 'x', postedAt: '1999-12-31' }, ['postedAt']],
    ['on a day that is none', { title: 'x', postedAt: '2026-02-30' }, ['postedAt']],
    ['without a source', { title: 'x', source: undefined }, ['source']],
    ['in a region nobody knows', { title: 'x', region: 'Nárnia' }, ['region']],
    ['in a state that Brazil does not have', { title: 'x', region: 'BR-XX' }, ['region']],
    ['of an industry nobody knows', { title: 'x', industry: 'magia' }, ['industry']],
    ['with an id of another taxonomy', { skillIds: ['java', 'esco:123'] }, ['skillIds[1]']],
    ['with a negative count', { skill: 'java', count: -1 }, ['count']],
    ['with half a vacancy', { skill: 'java', count: 1.5 }, ['count']],
    ['of no advertisement', { title: 'x', count: 0 }, ['count']],
    ['with a count of a skill nobody knows', { skill: 'Unobtanium', count: 1 }, ['skill']],
    ['with a counted skill and no count', { skill: 'java' }, ['count']],
    ['that is advertisement and count at once', { skill: 'java', count: 1, title: 'x' }, ['title']],
    ['that says nothing', {}, ['title']],
    ['with a field that is none', { title: 'x', company: 'y' }, ['company']],
    ['at an unknown level', { title: 'x', seniority: 'chief' }, ['seniority']],
  ])('%s', (_, row, paths) => expect(faultsOf(row)).toEqual(paths));

  it('and tells all that is wrong at once', () => {
    expect(faultsOf({ title: 'x', postedAt: '2031-01-01', region: 'Nárnia', industry: 'magia' })).toEqual([
      'postedAt',
      'region',
      'industry',
    ]);
  });

  it.each([5, 'x', null, [1]])('that is %j', (row) =>
    expect(readPosting(lexicon, row, now)).toMatchObject({ details: [expect.anything()] }),
  );
});

describe('years asked for', () => {
  it.each([
    ['Experiência mínima de 3 anos com Java', 3],
    ['De 3 a 5 anos de experiência', 3],
    ['Vivência de dois (2) anos em vendas', 2],
    ['5+ years of experience in sales', 5],
    ['At least three years with SQL', 3],
    ['Experiência: 2 anos com SQL e 4 anos ou mais com Python', 4],
    ['Pelo menos 1 ano na função', 1],
    ['Somos uma empresa com 25 anos de experiência no mercado', null],
    ['Idade mínima de 18 anos', null],
    ['Founded 12 years ago, we have experience', null],
    ['Contrato de 2 anos', null],
    ['Experiência com Java 17', null],
    ['', null],
  ])('%j -> %j', (text, years) => expect(yearsAsked(text)).toBe(years));
});

describe('places', () => {
  it.each([
    ['SP', undefined, 'BR', 'BR-SP'],
    ['Pernambuco', undefined, 'BR', 'BR-PE'],
    ['Barueri-SP (Híbrido)', 'BR', 'BR', 'BR-SP'],
    ['Recife', undefined, 'BR', 'BR-PE'],
    ['BR', undefined, 'BR', ''],
    ['Brasil', undefined, 'BR', ''],
    ['100% Remoto', 'BR', 'BR', ''],
    ['Austin, TX', 'US', 'US', 'US-TX'],
    ['CA', 'US', 'US', 'US-CA'],
    ['Somewhere', 'US', 'US', ''],
    ['BR-RJ', undefined, 'BR', 'BR-RJ'],
  ])('%j in %j', (text, given, country, region) => {
    expect(placeOf(recognizer, text, given)).toEqual({ country, region });
  });

  it('are checked when they are asked for', () => {
    const known = ['BR', 'BR-SP', 'US-TX', 'QQ', 'BR-ZZ', 'XX-1'].map((code) => isKnownRegion(recognizer, code));
    expect(known).toEqual([true, true, true, false, false, false]);
  });
});
