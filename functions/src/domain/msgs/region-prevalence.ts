import type { OccupationPool } from '../../stores/market.ts';

export const prevalenceBands = ['very_high', 'high', 'moderate', 'emerging'] as const;

export interface RegionPrevalence {
  readonly region: string;
  /** Of the advertisements that name a region, 0..1. */
  readonly share: number;
  readonly ads: number;
  readonly band: (typeof prevalenceBands)[number];
}

const mostRegions = 60;

/** Bands by share of the advertisements that name a region: the first, and any above .35, very high; above .2 high; above .1 moderate. */
export function regionPrevalence({ regions }: OccupationPool): RegionPrevalence[] {
  const placed = regions.reduce((sum, one) => sum + one.ads, 0);
  return regions
    .toSorted((a, b) => b.ads - a.ads || (a.region < b.region ? -1 : 1))
    .map(({ region, ads }, i) => {
      const share = ads / placed;
      const band = i === 0 || share > 0.35 ? 'very_high' : share > 0.2 ? 'high' : share > 0.1 ? 'moderate' : 'emerging';
      return { region, share: Math.round(share * 1e3) / 1e3, ads, band } as const;
    })
    .slice(0, mostRegions);
}
