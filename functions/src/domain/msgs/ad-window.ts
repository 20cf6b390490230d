import { mostSources } from '../../contract/posting.ts';
import type { Coverage } from '../../stores/market.ts';
import type { AdTable, NumberedAd, Numberings } from './ad-table.ts';
import { dayOfNumber } from './days.ts';
import { windowDays } from './no-data.ts';

/**
 * The advertisements of the `windowDays` up to a day that only moves on: how many of them name a skill or an occupation, and
 * which they are. Each comes in once and goes out once, however often the day moves.
 */
export class AdWindow {
  /** Advertisements in the window by skill, and by occupation. */
  readonly skills: Float64Array;
  readonly occupations: Float64Array;
  #ads = 0;
  readonly #sources: Float64Array;
  readonly #numberings: Numberings;
  readonly #places: readonly { readonly table: AdTable; first: number; next: number }[];

  /** @param tables the tenant's own, and the reference's if it is another's */
  constructor(tables: readonly AdTable[], numberings: Numberings) {
    this.#numberings = numberings;
    this.#places = tables.map((table) => ({ table, first: 0, next: 0 }));
    this.skills = new Float64Array(numberings.skills.ids.length);
    this.occupations = new Float64Array(numberings.occupations.ids.length);
    this.#sources = new Float64Array(numberings.sources.ids.length);
  }

  /** @param end days since 1970; not before the last one */
  moveTo(end: number): void {
    for (const place of this.#places) {
      const { ads } = place.table;
      for (let ad = ads[place.next]; ad && ad.day <= end; ad = ads[++place.next]) this.#count(ad, 1);
      for (let ad = ads[place.first]; ad && ad.day < end - windowDays; ad = ads[++place.first]) this.#count(ad, -1);
    }
  }

  coverage(): Coverage {
    const [own = 0, shared = 0] = this.#places.map(({ first, next }) => next - first);
    const held = this.#places.filter(({ first, next }) => next > first);
    const dayAt = ({ table }: (typeof held)[number], i: number) => table.ads[i]?.day ?? 0;
    const sources = this.#numberings.sources.ids.filter((_, source) => (this.#sources[source] ?? 0) > 0);
    return {
      rows: { own, shared },
      ads: this.#ads,
      from: held.length === 0 ? null : dayOfNumber(Math.min(...held.map((place) => dayAt(place, place.first)))),
      to: held.length === 0 ? null : dayOfNumber(Math.max(...held.map((place) => dayAt(place, place.next - 1)))),
      sources: sources.sort().slice(0, mostSources),
    };
  }

  #count({ ads, source, skills, occupations }: NumberedAd, sign: 1 | -1): void {
    this.#ads += sign * ads;
    add(this.#sources, source, sign);
    for (const skill of skills) add(this.skills, skill, sign * ads);
    for (const occupation of occupations) add(this.occupations, occupation, sign * ads);
  }
}

function add(counts: Float64Array, i: number, amount: number): void {
  counts[i] = (counts[i] ?? 0) + amount;
}
