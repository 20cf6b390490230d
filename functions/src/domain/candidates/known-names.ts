/** Lower case, without accents and punctuation, one space between words: how names are compared. */
export const fold = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];
const pairs = alphabet.flatMap((first) => alphabet.map((second) => first + second));

/** Names in Portuguese, English and Spanish, folded, each with the two-letter code that has it. */
const namesOf = (type: 'language' | 'region', toCode: (pair: string) => string): Map<string, string> => {
  const names = new Map<string, string>();
  for (const locale of ['es', 'en', 'pt-BR']) {
    const display = new Intl.DisplayNames(locale, { type, fallback: 'none' });
    for (const pair of pairs) {
      const name = display.of(toCode(pair));
      // Retired codes (DD, FX, mo) share the name of what followed them; the code that stands for itself wins.
      const isCanonical = Intl.getCanonicalLocales(type === 'language' ? pair : `und-${pair}`)[0]?.endsWith(
        toCode(pair),
      );
      if (name && isCanonical) names.set(fold(name), toCode(pair));
    }
  }
  return names;
};

const onceMade = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const languages = onceMade(() => namesOf('language', (pair) => pair));
const countries = onceMade(() => namesOf('region', (pair) => pair.toUpperCase()));

const otherLanguageNames: Record<string, string> = { mandarin: 'zh', mandarim: 'zh', farsi: 'fa', castellano: 'es' };
const otherCountryNames: Record<string, string> = {
  usa: 'US',
  eua: 'US',
  'ee uu': 'US',
  uk: 'GB',
  inglaterra: 'GB',
  england: 'GB',
  holanda: 'NL',
  holland: 'NL',
};

/** ISO 639-1 code of a language named in Portuguese, English or Spanish, or by its code; null when unknown. */
export const languageCode = (name: string): string | null => {
  const folded = fold(name);
  const [first = ''] = folded.split(' ');
  if (/^[a-z]{2}$/.test(first) && [...languages().values()].includes(first)) return first;
  for (const candidate of [folded, first]) {
    const code = otherLanguageNames[candidate] ?? languages().get(candidate);
    if (code) return code;
  }
  return null;
};

/** ISO 3166-1 alpha-2 code of a country named in Portuguese, English or Spanish, or by its code; null when unknown. */
export const countryCode = (name: string): string | null => {
  const folded = fold(name);
  const other = otherCountryNames[folded];
  if (other) return other;
  const code = name.trim().toUpperCase();
  return [...countries().values()].includes(code) ? code : (countries().get(folded) ?? null);
};
