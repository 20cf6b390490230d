import { CandidateProfile } from '../../../src/contract/candidate.ts';
import { sourceTextsOf } from '../../../src/domain/enrich/source-texts.ts';

it('the texts of a person are the fields of the profile by their paths, and the documents', () => {
  const profile = CandidateProfile.parse({
    fullName: 'Ana Prado',
    email: 'ana@example.com',
    phone: '+55 11 90000-0000',
    summary: 'Cuido de dados.',
    location: { city: 'Recife', country: 'BR' },
    skills: [{ name: 'SQL' }],
    experience: [{ title: 'Analista', start: '2020-01', current: true, description: 'Modelei dados.' }],
    metadata: { source: 'referral' },
  });
  expect(sourceTextsOf(profile, [{ documentId: 'cv', text: 'Ana\nAnalista' }])).toEqual([
    { source: { field: 'fullName' }, text: 'Ana Prado' },
    { source: { field: 'summary' }, text: 'Cuido de dados.' },
    { source: { field: 'location.city' }, text: 'Recife' },
    { source: { field: 'location.country' }, text: 'BR' },
    { source: { field: 'skills[0].name' }, text: 'SQL' },
    { source: { field: 'experience[0].title' }, text: 'Analista' },
    { source: { field: 'experience[0].start' }, text: '2020-01' },
    { source: { field: 'experience[0].current' }, text: 'true' },
    { source: { field: 'experience[0].description' }, text: 'Modelei dados.' },
    { source: { documentId: 'cv' }, text: 'Ana\nAnalista' },
  ]);
});
