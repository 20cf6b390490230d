import { CandidateProfile, type CandidateProfileInput } from '../../../src/contract/candidate.ts';
import { careerOf, highestLevel } from '../../../src/domain/candidates/career.ts';
import { deriveCandidate } from '../../../src/domain/candidates/derive.ts';
import { type Recognizer, recognizerOf } from '../../../src/domain/text/recognizer.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';

let recognizer: Recognizer;
beforeAll(async () => {
  recognizer = recognizerOf(await openLexicon());
});
const asOf = new Date('2026-07-15T12:00:00Z');
type Job = NonNullable<CandidateProfileInput['experience']>[number];
const profile = (more: Partial<CandidateProfileInput>) => CandidateProfile.parse({ fullName: 'Ana Exemplo', ...more });
const career = (...experience: Job[]) => careerOf(recognizer, profile({ experience }), asOf);

describe('years of experience', () => {
  it.each<[string, Job[], number | undefined]>([
    ['one closed job', [{ title: 'x', start: '2020-01', end: '2021-12' }], 2],
    ['bare years, whole from January to December', [{ title: 'x', start: '2020', end: '2021' }], 2],
    ['a current job, to the month of asking', [{ title: 'x', start: '2025-08', current: true }], 1],
    [
      'overlapping jobs, counted once',
      [
        { title: 'x', start: '2020-01', end: '2021-12' },
        { title: 'y', start: '2021-01', end: '2022-12' },
      ],
      3,
    ],
    [
      'a job within another, counted once',
      [
        { title: 'x', start: '2018-01', end: '2021-12' },
        { title: 'y', start: '2019-01', end: '2019-12' },
      ],
      4,
    ],
    [
      'jobs with a gap, without the gap',
      [
        { title: 'x', start: '2015-01', end: '2015-12' },
        { title: 'y', start: '2020-01', end: '2020-12' },
      ],
      2,
    ],
    ['a job that was never closed and is not current: unknown', [{ title: 'x', start: '2010-01' }], undefined],
    [
      'an open job beside a closed one: the closed one',
      [
        { title: 'x', start: '2010-01' },
        { title: 'y', start: '2020-01', end: '2020-12' },
      ],
      1,
    ],
    ['a job without a start: unknown', [{ title: 'x', end: '2020-01' }], undefined],
    ['a job that ends before it begins: unknown', [{ title: 'x', start: '2021-05', end: '2020-01' }], undefined],
    ['no job at all: unknown', [], undefined],
  ])('of %s', (_, jobs, years) => {
    expect(career(...jobs).years).toBe(years);
  });

  it('are what the person says, where they say it', () => {
    const derived = deriveCandidate(
      recognizer,
      profile({ yearsExperience: 7, experience: [{ title: 'x', start: '2020', end: '2020' }] }),
      [],
      asOf,
    );
    expect(derived.columns.yearsExperience).toBe(7);
  });
});

describe('the level', () => {
  it('is the highest rung a title names', () => {
    expect(highestLevel(recognizer, 'Gerente de Engenharia Sênior')).toBe('manager');
    expect(highestLevel(recognizer, 'Analista Contábil Pleno')).toBe('mid');
    expect(highestLevel(recognizer, 'Analista')).toBeUndefined();
  });

  it('comes from what is current, never from a job that is over', () => {
    expect(career({ title: 'Diretor', start: '2010', end: '2015' }).level).toBeUndefined();
    expect(
      career({ title: 'Analista Júnior', current: true }, { title: 'Diretor', start: '2010', end: '2015' }).level,
    ).toBe('junior');
  });

  it('climbs by rungs a year, and is unknown with one dated job', () => {
    const jobs: Job[] = [
      { title: 'Analista Sênior', start: '2022-01', end: '2024-12' },
      { title: 'Analista Júnior', start: '2018-01', end: '2021-12' },
    ];
    expect(career(...jobs).climb).toBe(0.5);
    expect(career(jobs[0] as Job).climb).toBeUndefined();
  });
});

describe('what is derived', () => {
  const one = profile({
    title: 'Engenheira de Dados',
    location: { city: 'Recife', region: 'PE', country: 'BR' },
    skills: [{ name: 'Spark' }, { name: 'Tecelagem manual xyz' }],
    experience: [{ title: 'Engenheira de Dados', start: '2020-01', end: '2023-12', description: 'Airflow e Python.' }],
    metadata: { source: 'feira', vip: true },
  });

  it('is the same for the same person, whatever the order of their fields', () => {
    const reversed = Object.fromEntries(Object.entries(one).reverse()) as typeof one;
    const location = Object.fromEntries(Object.entries(one.location ?? {}).reverse());
    const [a, b] = [one, { ...reversed, location }].map((each) => deriveCandidate(recognizer, each, [], asOf));
    expect(b?.contentHash).toBe(a?.contentHash);
  });

  it('changes its hash with the profile and with the documents', () => {
    const hash = (more: Partial<CandidateProfileInput>, documents: string[] = []) =>
      deriveCandidate(recognizer, profile(more), documents, asOf).contentHash;
    expect(
      new Set([
        hash({}),
        hash({ title: 'x' }),
        hash({ title: 'y' }),
        hash({}, ['x']),
        hash({}, ['x', 'y']),
        hash({}, ['xy']),
      ]).size,
    ).toBe(6);
  });

  it('keys a known skill by the taxonomy and any other by its folded name', () => {
    const { columns } = deriveCandidate(recognizer, one, [], asOf);
    expect(columns.skillKeys).toEqual(expect.arrayContaining(['apache-spark', 'python', 'x:tecelagem manual xyz']));
  });

  it('remembers when a skill was last used, and nothing where no dated job tells', () => {
    const { facts } = deriveCandidate(recognizer, one, [], asOf);
    expect(facts.skills['python']).toBe(2023);
    expect(facts.skills['apache-spark']).toBeNull();
  });

  it('widens a place to its state and country', () => {
    expect(deriveCandidate(recognizer, one, [], asOf).columns.placeKeys).toEqual([
      'recife',
      'region:BR-PE',
      'country:BR',
    ]);
  });

  it('reads the words of documents too', () => {
    const without = deriveCandidate(recognizer, one, [], asOf).terms.terms.length;
    expect(deriveCandidate(recognizer, one, ['Terraform e Kubernetes'], asOf).terms.terms.length).toBeGreaterThan(
      without,
    );
  });
});
