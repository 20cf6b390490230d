import { locales } from '../../functions/src/domain/eco/occupations.ts';
import { defaultParameters, type TitleParameters } from '../../functions/src/domain/titles/parameters.ts';

type Given = Readonly<Record<string, string | boolean | undefined>>;

/** What the command line says, else the defaults. `fail` is told what an option takes. */
export function parametersOf(given: Given, fail: (line: string) => never): TitleParameters {
  const number = (name: string, otherwise: number, min: number, max: number, whole: boolean) => {
    const text = given[name];
    if (text === undefined) return otherwise;
    const value = text === '' ? Number.NaN : Number(text);
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
    return fail(`--${name} takes a ${whole ? 'whole ' : ''}number from ${min} to ${max}, not "${text}"`);
  };
  const { eps, radius, minSamples, minUses, mostTitles, locale, country } = defaultParameters;
  const wantedLocale = given['locale'] ?? locale;
  const wantedCountry = given['country'] ?? country;
  return {
    eps: number('eps', eps, 0.01, 1, false),
    radius: number('radius', radius, 0.01, 2, false),
    minSamples: number('min-samples', minSamples, 1, 10_000, true),
    minUses: number('min-uses', minUses, 1, 10_000, true),
    mostTitles: number('most-titles', mostTitles, 2, 5_000, true),
    locale: locales.find((one) => one === wantedLocale) ?? fail(`--locale takes ${locales.join(' or ')}`),
    country: /^[A-Z]{2}$/.test(String(wantedCountry))
      ? String(wantedCountry)
      : fail('--country takes a code such as BR'),
  };
}
