export const regionBandNames = ['very_high', 'high', 'moderate', 'emerging'] as const;

/** How much of a market a region is. */
export interface RegionBand {
  /** ISO 3166-2, such as `BR-SP`. */
  readonly region: string;
  /** Of the advertisements that name a region, 0..1. */
  readonly share: number;
  readonly ads: number;
  readonly band: (typeof regionBandNames)[number];
}

const mostRegions = 60;

/** By share, ties by code: the first region, and any above .35, very high; above .2 high; above .1 moderate; else emerging. */
export function regionBands(regions: readonly { readonly region: string; readonly ads: number }[]): RegionBand[] {
  const placed = regions.reduce((sum, { ads }) => sum + ads, 0);
  return regions
    .toSorted((a, b) => b.ads - a.ads || (a.region < b.region ? -1 : 1))
    .slice(0, mostRegions)
    .map(({ region, ads }, i) => {
      const share = ads / placed;
      const band = i === 0 || share > 0.35 ? 'very_high' : share > 0.2 ? 'high' : share > 0.1 ? 'moderate' : 'emerging';
      return { region, share: Math.round(share * 1e3) / 1e3, ads, band };
    });
}
