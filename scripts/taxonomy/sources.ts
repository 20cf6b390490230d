import type { TaxonomySource } from '../../functions/src/contract/taxonomy.ts';

export const sources: readonly TaxonomySource[] = [
  {
    name: 'O*NET, U.S. Department of Labor, Employment and Training Administration',
    version: '29.2',
    licence: 'CC BY 4.0',
    usedFor: 'occupations with their titles, tasks, technologies and related occupations',
  },
  {
    name: 'ESCO, European Commission',
    version: '1.2.0',
    licence: 'reuse with attribution (Decision 2011/833/EU)',
    usedFor: 'occupations, skills, what asks for which, ISCO-08 groups',
  },
  {
    name: 'ESCO-O*NET crosswalk, ESCO Secretariat and U.S. Department of Labor',
    version: '2022-09',
    licence: 'reuse with attribution (Decision 2011/833/EU); CC BY 4.0',
    usedFor: 'official links',
  },
  {
    name: 'CBO 2002, Brazilian Ministry of Labour',
    version: '2025-01',
    licence: 'public data',
    usedFor: 'occupations and synonyms in Brazilian Portuguese',
  },
  {
    name: 'GitHub topics (github/explore)',
    version: 'cc66c619',
    licence: 'CC BY 4.0',
    usedFor: 'technology topics and their aliases',
  },
  {
    name: 'scripts/lexicon/titles-br.tsv and scripts/taxonomy/*.tsv',
    version: 'of this repository',
    licence: 'written for this project',
    usedFor: 'titles of Brazilian adverts; the bridge from European to Brazilian Portuguese',
  },
];
