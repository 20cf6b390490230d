import type { EcoId } from '../../../src/contract/ids.ts';
import type { TaxonomyParts } from '../../../src/contract/taxonomy.ts';
import { crosswalkOf } from '../../../src/domain/eco/crosswalk.ts';
import type { TaxonomyArtifact } from '../../../src/platform/taxonomy.ts';

const parts: Partial<TaxonomyParts> = {
  occupations: [
    { id: 'cbo:2235-05', system: 'cbo', group: '2235', labels: { 'pt-BR': ['Enfermeiro'] } },
    { id: 'cbo:9999-05', system: 'cbo', group: '9999', labels: { 'pt-BR': ['Sem par'] } },
    { id: 'esco:nurse', system: 'esco', group: '2221', labels: { en: ['nurse'] } },
    { id: 'esco:midwife', system: 'esco', group: '2222', labels: { en: ['midwife'] } },
    { id: 'onet:29-1141.00', system: 'onet', group: '29-1141', labels: { en: ['Registered Nurses'] } },
  ],
  links: [
    { from: 0, to: 2, match: 'exact', method: 'lexical', confidence: 0.9 },
    { from: 0, to: 3, match: 'related', method: 'via-isco', confidence: 0.4 },
    { from: 4, to: 2, match: 'broad', method: 'official', confidence: 0.7 },
    { from: 4, to: 3, match: 'broad', method: 'official', confidence: 0.4 },
  ],
  'group-links': [{ occupation: 0, isco: '2221', method: 'lexical', confidence: 0.8 }],
  'title-forms': [],
};
const taxonomy = {
  manifest: { version: 'test' },
  part: async (name: keyof TaxonomyParts) => parts[name],
} as unknown as TaxonomyArtifact;
const of = (id: string) => crosswalkOf(taxonomy, id as EcoId);

describe('the crosswalk', () => {
  it('leads from CBO to ESCO at once and to O*NET by way of it, the surest first', async () => {
    expect(await of('cbo:2235-05')).toEqual({
      isco: [{ code: '2221', method: 'lexical', confidence: 0.8 }],
      links: [
        { to: 'esco:nurse', match: 'exact', method: 'lexical', confidence: 0.9, through: null },
        // .9 x .7 is surer than .4 x .4; seen from ESCO, O*NET's is the wider.
        { to: 'onet:29-1141.00', match: 'narrow', method: 'lexical', confidence: 0.63, through: 'esco:nurse' },
        { to: 'esco:midwife', match: 'related', method: 'via-isco', confidence: 0.4, through: null },
      ],
    });
  });

  it('leads back again', async () => {
    const { isco, links } = (await of('onet:29-1141.00')) ?? { isco: [], links: [] };
    expect(links.map(({ to, match, method }) => [to, match, method])).toEqual([
      ['esco:nurse', 'broad', 'official'],
      ['cbo:2235-05', 'broad', 'lexical'],
      ['esco:midwife', 'broad', 'official'],
    ]);
    // O*NET has no group of its own in ISCO-08, so those of its counterparts are told.
    expect(isco.map(({ code }) => code)).toEqual(['2221', '2222']);
  });

  it('is empty for an occupation nobody linked, and undefined for one there is not', async () => {
    expect(await of('cbo:9999-05')).toEqual({ isco: [], links: [] });
    expect(await of('cbo:0000-00')).toBeUndefined();
  });
});
