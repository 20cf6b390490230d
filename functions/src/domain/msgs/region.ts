import type { LexiconPlace } from '../../contract/lexicon.ts';
import { countryCode } from '../candidates/known-names.ts';
import type { Recognizer } from '../text/recognizer.ts';
import { fold } from '../text/tokens.ts';

/** Where an advertisement is for: ISO 3166-1 `BR` and 3166-2 `BR-SP`; empty where it does not say. */
export interface Place {
  readonly country: string;
  readonly region: string;
}

const nowhere: Place = { country: '', region: '' };
const anywhere = /\b(remot[oa]|remote|home ?office|anywhere|teletrabalho)\b/;

/** Whether there is such a country, and for Brazil such a state; of other countries we do not list the parts. */
export function isKnownRegion(recognizer: Recognizer, code: string): boolean {
  const [country = '', part] = code.split('-');
  if (countryCode(country) !== country) return false;
  return part === undefined || country !== 'BR' || stateNamed(recognizer, part) !== undefined;
}

/**
 * A place as advertisements write it: `BR-SP`, `SP`, `São Paulo - SP (Híbrido)`, `Recife`, `Brasil`; in another `country` than
 * Brazil also `Austin, TX`. Null for what nobody knows.
 */
export function placeOf(recognizer: Recognizer, text: string | undefined, country: string | undefined): Place | null {
  const given = country === undefined ? nowhere : { country, region: '' };
  if (text === undefined) return given;
  const code = /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(text) ? text : undefined;
  if (code) return isKnownRegion(recognizer, code) ? { country: code.slice(0, 2), region: code } : null;
  if (country !== undefined && country !== 'BR') return abroad(recognizer, text, country);
  const state = stateNamed(recognizer, text);
  if (state) return placed(state);
  const mentioned = recognizer.placesNamed(text)[0] ?? recognizer.places(text)[0]?.value;
  if (mentioned) return placed(mentioned);
  const named = countryCode(text);
  if (named) return { country: named, region: '' };
  return anywhere.test(fold(text)) ? given : null;
}

const stateNamed = (recognizer: Recognizer, name: string) =>
  recognizer.placesNamed(name).find((place) => place.kind === 'region' && place.country === 'BR');

function placed({ kind, country, region }: LexiconPlace): Place {
  return { country, region: kind !== 'country' && region ? `${country}-${region}` : '' };
}

function abroad(recognizer: Recognizer, text: string, country: string): Place {
  const part = /^[A-Z0-9]{2,3}$/.exec(text)?.[0] ?? /,\s*([A-Z]{2,3})$/.exec(text)?.[1];
  if (part) return { country, region: `${country}-${part}` };
  const known = recognizer.placesNamed(text).find((place) => place.country === country);
  return known ? placed(known) : { country, region: '' };
}
