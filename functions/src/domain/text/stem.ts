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
  ['ies', 'y'],
  ['s', ''],
];

const known = new Map<string, string>();

/**
 * One stem for a folded word of Portuguese or English, without asking which it is: a light Portuguese stemmer (plural, one
 * derivational suffix, final vowel; after Orengo and Huyck 2001) with Porter's for English before its last step. Texts mix both
 * languages in one sentence, so a stem that depended on a guess would differ between a resume and a query.
 */
export function stem(folded: string): string {
  if (folded.length < 4 || /\d|[+#.]/.test(folded)) return folded;
  let result = known.get(folded);
  if (result === undefined) {
    result = stemOf(folded);
    if (known.size < 200_000) known.set(folded, result);
  }
  return result;
}

function stemOf(word: string): string {
  const base = withoutDerivation(withoutPlural(word));
  // Porter's steps know `compute` and `computing` by the e; the other vowels, and the e of `gerente`, are Portuguese.
  const open = base.length > 4 ? base.replace(/(?:[ao]|(?<=nt)e)$/, '') : base;
  const closed = porter(open);
  if (closed.length <= 4) return closed;
  // One vowel in all: `capitão` is not `capital`. `contábil` and `nível` share the plural -eis, so the vowel before their l cannot count.
  return closed.replace(open === base ? /[aeo]$/ : /e$/, '').replace(/[ei]l$/, 'l');
}

function withoutPlural(word: string): string {
  const plural = word.endsWith('ss')
    ? undefined
    : plurals.find(([ending]) => word.endsWith(ending) && word.length - ending.length >= 3);
  return plural ? word.slice(0, -plural[0].length) + plural[1] : word;
}

function withoutDerivation(word: string): string {
  const ending = derivations.find((suffix) => word.endsWith(suffix) && word.length - suffix.length >= 4);
  return ending ? word.slice(0, -ending.length) : word;
}
