import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CandidateProfile } from '../../../src/contract/candidate.ts';
import { fromJsonResume } from '../../../src/domain/candidates/json-resume.ts';

const sample: unknown = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/jsonresume_sample.resume.json'), 'utf8'),
);
const named = (rest: object) => CandidateProfile.parse(fromJsonResume({ basics: { name: 'Ana Prado' }, ...rest }));

const problemOf = (resume: unknown) => {
  try {
    fromJsonResume(resume);
  } catch (problem) {
    return problem;
  }
  throw new Error('no problem was thrown');
};

describe('a resume in the JSON Resume format', () => {
  it('becomes a profile the contract accepts', () => {
    expect(CandidateProfile.parse(fromJsonResume(sample))).toMatchObject({
      fullName: 'Richard Hendriks',
      title: 'Programmer',
      location: { city: 'San Francisco', region: 'California', country: 'US' },
      languages: [{ code: 'en', level: 'native' }],
      experience: [{ title: 'CEO/President', company: 'Pied Piper', start: '2013-12', end: '2014-12' }],
      education: [
        { institution: 'University of Oklahoma', degree: 'Bachelor', field: 'Information Technology', end: '2014-01' },
      ],
      links: [
        'http://richardhendricks.example.com',
        'https://www.twitter.com',
        'https://soundcloud.example.com/dandymusicnl',
      ],
    });
  });

  it('gives skill groups and their keywords as skills, each once', () => {
    const skills = [{ name: 'Web', keywords: ['HTML', 'CSS'] }, { keywords: ['html', 'SQL'] }];
    expect(named({ skills }).skills.map(({ name }) => name)).toEqual(['Web', 'HTML', 'CSS', 'SQL']);
  });

  it.each([
    ['Native speaker', 'native'],
    ['Fluent', 'C1'],
    ['Professional working proficiency', 'B2'],
    ['Limited working proficiency', 'B1'],
    ['Intermediário', 'B1'],
    ['Basic', 'A2'],
    ['A1', 'A1'],
  ])('reads the fluency %s as %s', (fluency, level) => {
    expect(named({ languages: [{ language: 'Portuguese', fluency }] }).languages).toEqual([{ code: 'pt', level }]);
  });

  it('keeps a language without a code in metadata', () => {
    expect(named({ languages: [{ language: 'Libras' }] })).toMatchObject({
      languages: [],
      metadata: { otherLanguages: ['Libras'] },
    });
  });

  it('leaves a job without an end open, and calls it current only when it says so', () => {
    const work = [
      { position: 'Dev', startDate: '2020' },
      { position: 'QA', startDate: '2019-03', endDate: 'Present' },
    ];
    expect(named({ work }).experience).toEqual([
      { title: 'Dev', start: '2020' },
      { title: 'QA', start: '2019-03', current: true },
    ]);
  });

  it('takes empty strings and nulls as unknown', () => {
    const basics = { name: 'Ana Prado', email: '', phone: null, url: ' ', location: { city: '', countryCode: 'br' } };
    expect(fromJsonResume({ basics, work: null })).toMatchObject({
      fullName: 'Ana Prado',
      location: { country: 'BR' },
    });
    expect(fromJsonResume({ basics })).not.toHaveProperty('email');
  });

  it.each([
    ['no object', 'cv', ['resume']],
    ['a list', [], ['resume']],
    ['no basics', {}, ['basics']],
    ['no name', { basics: { name: '' } }, ['basics.name']],
    ['a skill list that is text', { basics: { name: 'Ana' }, skills: 'Java' }, ['skills']],
    [
      'a job without position and with a date in words',
      { basics: { name: 'Ana' }, work: [{ position: 'Dev' }, { startDate: 'last May' }] },
      ['work[1].position', 'work[1].startDate'],
    ],
  ])('is refused for %s, naming the field', (_, resume, paths) => {
    expect(problemOf(resume)).toMatchObject({ code: 'input.invalid', details: paths.map((path) => ({ path })) });
  });
});
