import type { CandidateProfile } from '../../contract/candidate.ts';
import type { LexiconPlace } from '../../contract/lexicon.ts';
import type { Recognizer } from '../text/recognizer.ts';
import { nameKey } from '../text/tokens.ts';

/** The key of a skill: its taxonomy id, or `x:` and its folded name when the taxonomy does not know it. */
export const skillKey = (recognizer: Recognizer, name: string): string =>
  recognizer.skillNamed(name)?.id ?? `x:${nameKey(name)}`;

/** The key of an industry, likewise. */
export const industryKey = (recognizer: Recognizer, name: string): string =>
  recognizer.industryNamed(name)?.id ?? `x:${nameKey(name)}`;

/** What a filter or query that names a place asks for; where the taxonomy gives one name to several places, any of them. */
export function placeFilterKeys(recognizer: Recognizer, name: string): string[] {
  const places = recognizer.placesNamed(name);
  return places.length === 0 ? [nameKey(name)] : [...new Set(places.map(ownKey))];
}

/** Where a candidate is, widening: city, state, country. A known city brings its state and country along. */
export function placeKeysOf(
  recognizer: Recognizer,
  location: CandidateProfile['location'],
): { keys: string[]; country?: string } {
  const city = location?.city
    ? recognizer.placesNamed(location.city).find((place) => place.kind === 'city')
    : undefined;
  const region = location?.region
    ? recognizer.placesNamed(location.region).find((place) => place.kind === 'region')
    : undefined;
  const country = location?.country ?? region?.country ?? city?.country;
  const keys = [
    ...(location?.city ? [nameKey(city?.name ?? location.city)] : []),
    ...(region ? [ownKey(region)] : location?.region ? [nameKey(location.region)] : []),
    ...(!region && city?.region ? [regionKey(city)] : []),
    ...(country ? [`country:${country}`] : []),
  ];
  return { keys: [...new Set(keys)], ...(country && { country }) };
}

const regionKey = (place: LexiconPlace) => `region:${place.country}-${place.region ?? nameKey(place.name)}`;

function ownKey(place: LexiconPlace): string {
  if (place.kind === 'country') return `country:${place.country}`;
  return place.kind === 'region' ? regionKey(place) : nameKey(place.name);
}
