import { mostSources } from '../../contract/posting.ts';
import type { Together } from '../../stores/market.ts';
import type { Neighbourhood } from '../../stores/neighbourhoods.ts';
import type { AdTable, NumberedAd, Numberings } from './ad-table.ts';
import { AdWindow } from './ad-window.ts';
import { dayOfNumber } from './days.ts';
import { nearest, type Seed } from './nearest.ts';
import { windowDays } from './no-data.ts';

/** Of the nearest so many are kept: twice what `msgs.expand` tells at most. */
const mostSkills = 50;
const mostOccupations = 20;

/**
 * The neighbourhood of every skill that any advertisement names, over all tables together: the same counts as those of the rows
 * themselves in the `windowDays` up to the last advertisement that names the skill. One at a time, by the day its window ends.
 */
export function* neighbourhoods(tables: readonly AdTable[], numberings: Numberings): Generator<Neighbourhood> {
  const window = new AdWindow(tables, numberings);
  const skills = new Tally('skills', numberings);
  const occupations = new Tally('occupations', numberings);
  for (const { skill, end } of seedsOf(tables, numberings)) {
    window.moveTo(end);
    const naming = tables.flatMap((table) => adsNaming(table, skill).filter(({ day }) => day >= end - windowDays));
    const coverage = window.coverage();
    const skillId = numberings.skills.ids[skill] ?? '';
    const named = window.skills[skill] ?? 0;
    const seed: Seed = { id: skillId, named, outOf: coverage.ads, end: dayOfNumber(end) };
    yield {
      skillId,
      coverage,
      named,
      skills: skills.nearestTo(seed, naming, window.skills, mostSkills),
      occupations: occupations.nearestTo(seed, naming, window.occupations, mostOccupations),
    };
  }
}

function seedsOf(tables: readonly AdTable[], { skills }: Numberings): { skill: number; end: number }[] {
  const ends = skills.ids.map((_, skill) =>
    Math.max(...tables.map((table) => adsNaming(table, skill).at(-1)?.day ?? -Infinity)),
  );
  return ends
    .map((end, skill) => ({ skill, end }))
    .filter(({ end }) => end > -Infinity)
    .sort((a, b) => a.end - b.end);
}

/** Oldest first. */
function adsNaming({ ads, naming: { starts, lists } }: AdTable, skill: number): NumberedAd[] {
  const rows = lists.subarray(starts[skill] ?? 0, starts[skill + 1] ?? 0);
  return Array.from(rows, (row) => ads[row]).filter((ad) => ad !== undefined);
}

/** Counts who is named together with a skill; its arrays serve one skill after the other. */
class Tally {
  readonly #kind: 'skills' | 'occupations';
  readonly #numberings: Numberings;
  readonly #joint: Float64Array;
  readonly #lastDay: Int32Array;
  /** From 1; 0 for who has none. */
  readonly #place: Uint8Array;

  constructor(kind: 'skills' | 'occupations', numberings: Numberings) {
    this.#kind = kind;
    this.#numberings = numberings;
    this.#joint = new Float64Array(numberings[kind].ids.length);
    this.#lastDay = new Int32Array(numberings[kind].ids.length);
    this.#place = new Uint8Array(numberings[kind].ids.length);
  }

  /** @param naming the advertisements of the window that name the seed; @param inWindow of all, how many name each */
  nearestTo(seed: Seed, naming: readonly NumberedAd[], inWindow: Float64Array, most: number): Together[] {
    const { ids } = this.#numberings[this.#kind];
    const touched: number[] = [];
    for (const { day, ads, [this.#kind]: things } of naming)
      for (const thing of things) {
        const before = this.#joint[thing] ?? 0;
        if (before === 0) touched.push(thing);
        this.#joint[thing] = before + ads;
        this.#lastDay[thing] = before === 0 ? day : Math.max(this.#lastDay[thing] ?? day, day);
      }
    const pairings = touched.map((thing) => ({
      thing,
      id: ids[thing] ?? '',
      ads: inWindow[thing] ?? 0,
      joint: this.#joint[thing] ?? 0,
      lastOn: dayOfNumber(this.#lastDay[thing] ?? 0),
    }));
    for (const thing of touched) this.#joint[thing] = 0;
    const kept = nearest(seed, pairings).slice(0, most);
    const sources = this.#sourcesOf(kept, naming);
    return kept.map(({ id, ads, joint, lastOn }, i) => ({ id, ads, joint, lastOn, sources: sources[i] ?? [] }));
  }

  #sourcesOf(kept: readonly { readonly thing: number }[], naming: readonly NumberedAd[]): string[][] {
    const { ids } = this.#numberings.sources;
    const marks = new Uint8Array(kept.length * ids.length);
    for (const [i, { thing }] of kept.entries()) this.#place[thing] = i + 1;
    for (const { source, [this.#kind]: things } of naming)
      for (const thing of things) {
        const place = this.#place[thing] ?? 0;
        if (place > 0) marks[(place - 1) * ids.length + source] = 1;
      }
    for (const { thing } of kept) this.#place[thing] = 0;
    return kept.map((_, i) =>
      ids
        .filter((_id, source) => marks[i * ids.length + source] === 1)
        .sort()
        .slice(0, mostSources),
    );
  }
}
