import { stemmer as porter } from 'stemmer';

// Ordered, longest first; what remains has to be a stem of at least four letters. Written for folded Portuguese, so that
// people who type without accents find people who wrote with them.
const derivations = [
  ...[
    'amento',
    'imento',
    'adora',
    'edora',
    'idora',
    'mente',
    'idade',
    'acao',
    'icao',
    'ador',
    'edor',
    'idor',
    'eira',
    'eiro',
  ],
  ...['ista', 'ando', 'endo', 'indo', 'cao', 'ado', 'ada', 'ido', 'ida', 'ar', 'er', 'ir'],
];
const plurals: readonly (readonly [string, string])[] = [
  ['oes', 'ao'],
  ['aes', 'ao'],
  ['ais', 'al'],
  ['eis', 'el'],
  ['res', 'r'],
  ['ns', 'm'],
  ['s', ''],
];

const known = new Map<string, string>();

/**
 * One stem for a folded word of Portuguese or English, without asking which it is: a light Portuguese stemmer (plural, one
 * derivational suffix, final vowel; after Orengo and Huyck 2001) followed by Porter's for English. Texts mix both
 * languages in one sentence, so a stem that depended on a guess would differ between a resume and a query.
 */
export function stem(folded: string): string {
  if (folded.length < 4 || /\d|[+#.]/.test(folded)) return folded;
  let result = known.get(folded);
  if (result === undefined) {
    result = porter(stripPortuguese(folded));
    if (known.size < 200_000) known.set(folded, result);
  }
  return result;
}

function stripPortuguese(word: string): string {
  let result = word;
  const plural = result.endsWith('ss')
    ? undefined
    : plurals.find(([ending]) => result.endsWith(ending) && result.length - ending.length >= 3);
  if (plural) result = result.slice(0, -plural[0].length) + plural[1];
  const ending = derivations.find((suffix) => result.endsWith(suffix) && result.length - suffix.length >= 4);
  if (ending) result = result.slice(0, -ending.length);
  // `contábil` and `nível` share the plural -eis, so the vowel before the l cannot count.
  return result.length > 4 ? result.replace(/[aeo]$/, '').replace(/[ei]l$/, 'l') : result;
}
