import type { NamingAd } from '../../stores/neighbour-counts.ts';
import { invert, type Postings } from '../matching/postings.ts';
import { dayNumber } from './days.ts';

/** Small numbers for ids, so that many advertisements are counted fast. */
export class Numbering {
  readonly ids: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }
}

/** Which numbers stand for what, in all tables that are counted together. */
export interface Numberings {
  readonly skills: Numbering;
  readonly occupations: Numbering;
  readonly sources: Numbering;
}

export const newNumberings = (): Numberings => ({
  skills: new Numbering(),
  occupations: new Numbering(),
  sources: new Numbering(),
});

export interface NumberedAd {
  /** Days since 1970. */
  readonly day: number;
  readonly source: number;
  /** How many advertisements alike it stands for. */
  readonly ads: number;
  readonly skills: Uint32Array;
  readonly occupations: Uint32Array;
}

/** The advertisements of one place. */
export interface AdTable {
  /** Oldest first. */
  readonly ads: readonly NumberedAd[];
  /** Skill -> places in `ads` that name it. */
  readonly naming: Postings;
}

/** Reads pages into a table, about 400 bytes of memory each row. */
export async function readAds(pages: AsyncIterable<readonly NamingAd[]>, numberings: Numberings): Promise<AdTable> {
  const ads: NumberedAd[] = [];
  for await (const page of pages) for (const ad of page) ads.push(numbered(ad, numberings));
  ads.sort((a, b) => a.day - b.day);
  const naming = invert(
    ads.map(({ skills }) => skills),
    numberings.skills.ids.length,
  );
  return { ads, naming };
}

const numbered = (ad: NamingAd, { skills, occupations, sources }: Numberings): NumberedAd => ({
  day: dayNumber(ad.postedOn),
  source: sources.numberOf(ad.source),
  ads: ad.ads,
  skills: Uint32Array.from(ad.skills, (id) => skills.numberOf(id)),
  occupations: Uint32Array.from(ad.occupations, (id) => occupations.numberOf(id)),
});
