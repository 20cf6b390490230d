import { seniorityLadder } from '../../functions/src/contract/candidate.ts';
import type { Lexicon, LexiconPlace } from '../../functions/src/contract/lexicon.ts';
import { readSource } from './tables.ts';

type Gazetteer = Pick<Lexicon, 'seniority' | 'places' | 'languages' | 'industries'>;

const placeKinds: readonly LexiconPlace['kind'][] = ['city', 'region', 'country'];

function oneOf<T extends string>(known: readonly T[], value: string, file: string): T {
  const found = known.find((item) => item === value);
  if (found === undefined) throw new Error(`${file}: "${value}" is none of ${known.join(', ')}`);
  return found;
}

/** The small hand-written lists, in the order of their files. @throws Error naming file and value when one is outside its closed set */
export function buildGazetteer(): Gazetteer {
  return {
    seniority: readSource('seniority.tsv').flatMap((row) => {
      const level = oneOf(seniorityLadder, row.get('level'), 'seniority.tsv');
      const lang = oneOf(['pt', 'en'] as const, row.get('lang'), 'seniority.tsv');
      return row.list('terms').map((term) => ({ term, level, lang }));
    }),
    places: readSource('places.tsv').map((row) => ({
      name: row.get('name'),
      aliases: row.list('aliases'),
      kind: oneOf(placeKinds, row.get('kind'), 'places.tsv'),
      ...(row.get('region') === '' ? {} : { region: row.get('region') }),
      country: row.get('country'),
    })),
    languages: readSource('languages.tsv').map((row) => ({ code: row.get('code'), names: row.list('names') })),
    industries: readSource('industries.tsv').map((row) => ({
      id: row.get('id'),
      pt: row.get('pt'),
      en: row.get('en'),
      aliases: row.list('aliases'),
    })),
  };
}
