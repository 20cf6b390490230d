import { aliasConfidence } from '../../../src/domain/titles/alias-confidence.ts';
import { clusterQuality } from '../../../src/domain/titles/cluster-quality.ts';
import type { Distances } from '../../../src/domain/titles/cosine-distances.ts';
import { cosineDistances } from '../../../src/domain/titles/cosine-distances.ts';
import { dbscan } from '../../../src/domain/titles/dbscan.ts';
import { roleYears } from '../../../src/domain/titles/level-years.ts';
import { narrowClusters } from '../../../src/domain/titles/narrow-clusters.ts';
import { proposalAdvice } from '../../../src/domain/titles/proposal-advice.ts';
import { isRequired, skillConfidence } from '../../../src/domain/titles/skill-confidence.ts';
import { trustOf } from '../../../src/domain/titles/source-trust.ts';
import { editRatio, tfIdfOf, tokenOverlap } from '../../../src/domain/titles/title-likeness.ts';
import { wilsonInterval } from '../../../src/domain/titles/wilson-interval.ts';

/** Points of a line: how far they are from each other is seen at once. */
const line = (...places: number[]): Distances => ({
  size: places.length,
  between: (a, b) => Math.abs((places[a] ?? 0) - (places[b] ?? 0)),
});
const all = ({ size }: Distances) => Array.from({ length: size }, (_, i) => i);
const ones = ({ size }: Distances) => Array.from({ length: size }, () => 1);

describe('DBSCAN', () => {
  it('joins what is dense, takes what is at its border, and leaves out what is alone', () => {
    const points = line(0, 1, 2, 10, 11, 12, 13.5, 30);
    expect(dbscan(all(points), points, ones(points), { eps: 1.5, minSamples: 3 })).toEqual([
      [0, 1, 2],
      [3, 4, 5, 6],
    ]);
  });

  it('counts a title as often as it is used: one used often is a cluster by itself', () => {
    const points = line(0, 10, 11);
    expect(dbscan(all(points), points, [5, 2, 2], { eps: 1, minSamples: 5 })).toEqual([[0]]);
    expect(dbscan(all(points), points, [5, 3, 2], { eps: 1, minSamples: 5 })).toEqual([[0], [1, 2]]);
  });

  it('a border point within reach of two clusters belongs to the first', () => {
    // That at 4 has three within 2, itself with them; those at 2 and 6 have four.
    const points = line(0, 1, 2, 4, 6, 7, 8);
    expect(dbscan(all(points), points, ones(points), { eps: 2, minSamples: 4 })).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('is given nothing and gives nothing', () => {
    expect(dbscan([], line(), [], { eps: 1, minSamples: 1 })).toEqual([]);
  });
});

describe('narrow clusters', () => {
  it('a chain that reaches too far is clustered anew with a smaller eps', () => {
    // Two dense groups with a bridge between them.
    const points = line(0, 0.1, 0.2, 1.1, 2, 2.1, 2.2);
    const options = { eps: 1, minSamples: 2, radius: 5 };
    const none = all(points).map(() => '');
    expect(narrowClusters(points, ones(points), none, options)).toHaveLength(1);
    expect(narrowClusters(points, ones(points), none, { ...options, radius: 0.5 })).toEqual([
      { members: [0, 1, 2], medoid: 1 },
      { members: [4, 5, 6], medoid: 5 },
    ]);
  });

  it('never joins titles of two categories, however near', () => {
    const points = line(0, 0.1, 0.2, 0.3);
    const found = narrowClusters(points, ones(points), ['b', 'a', 'b', 'a'], { eps: 1, minSamples: 2, radius: 1 });
    expect(found.map(({ members }) => members)).toEqual([
      [1, 3],
      [0, 2],
    ]);
  });

  it('ends where points lie on each other farther apart than the radius allows', () => {
    const points = line(0, 0, 0.005, 0.005);
    expect(
      narrowClusters(points, ones(points), ['', '', '', ''], { eps: 1, minSamples: 1, radius: 0.001 }),
    ).not.toEqual([]);
  });
});

describe('cosine distance', () => {
  it('is 0 to oneself, 1 between what has nothing in common, 2 between opposites', () => {
    const distances = cosineDistances([
      Float32Array.of(1, 0, 0, 0),
      Float32Array.of(0, 1, 0, 0),
      Float32Array.of(-1, 0, 0, 0),
    ]);
    expect([distances.between(0, 0), distances.between(0, 1), distances.between(0, 2)]).toEqual([0, 1, 2]);
  });
});

describe('quality', () => {
  const points = line(0, 1, 4, 6, 20);
  const clusters = [
    { members: [0, 1], medoid: 0 },
    { members: [2, 3], medoid: 2 },
    { members: [4], medoid: 4 },
  ];

  it('silhouette and Davies-Bouldin as worked out by hand', () => {
    // a(0) = 1, b(0) = (4 + 6) / 2 = 5: .8; a(1) = 1, b = 4: .75; a(2) = 2, b = 3.5: 1.5 / 3.5; a(3) = 2, b = 5.5: 3.5 / 5.5
    const { silhouette, daviesBouldin, byMember } = clusterQuality(clusters, ['', '', '', '', ''], points);
    expect(byMember.get(0)).toBeCloseTo(0.8, 10);
    expect(byMember.get(4)).toBeUndefined();
    expect(silhouette).toBeCloseTo((0.8 + 0.75 + 1.5 / 3.5 + 3.5 / 5.5) / 4, 10);
    // Scatters .5, 1, 0; the worst of each pair: 1.5 / 4 twice, and max(.5 / 20, 1 / 16) for the third.
    expect(daviesBouldin).toBeCloseTo((0.375 + 0.375 + 1 / 16) / 3, 10);
  });

  it('is unknown where there is nothing to compare with', () => {
    const alone = clusterQuality([{ members: [0, 1], medoid: 0 }], ['', ''], points);
    expect([alone.silhouette, alone.daviesBouldin]).toEqual([null, null]);
    // Each is the only one of its category.
    const apart = clusterQuality(clusters.slice(0, 2), ['a', 'a', 'b', 'b'], points);
    expect([apart.silhouette, apart.daviesBouldin]).toEqual([null, null]);
  });

  it('advises when clusters run into each other or names are unsure', () => {
    expect(proposalAdvice({ silhouette: 0.3, aliasConfidence: 0.6, leftOut: 0 })).toEqual([]);
    expect(proposalAdvice({ silhouette: null, aliasConfidence: null, leftOut: 0 })).toEqual([]);
    expect(proposalAdvice({ silhouette: 0.29, aliasConfidence: 0.59, leftOut: 3 })).toEqual([
      expect.stringMatching(/^Silhouette 0\.29 .*eps/),
      expect.stringMatching(/^Mean confidence of names 0\.59 /),
      expect.stringMatching(/^3 clusters .*minUses/),
    ]);
  });
});

describe('likeness of titles', () => {
  it('edit ratio is twice the letters in common by the letters of both', () => {
    expect(editRatio('Analista', 'analista')).toBe(1);
    // `abxd` and `abd` have `abd` in common: 6 / 7.
    expect(editRatio('abxd', 'abd')).toBeCloseTo(6 / 7, 10);
    expect(editRatio('', '')).toBe(0);
  });

  it('token overlap is the share of their words that both have', () => {
    expect(tokenOverlap('Analista de dados', 'Engenheiro de dados')).toBe(0.5);
    expect(tokenOverlap('Médico', 'medico')).toBe(1);
    expect(tokenOverlap('', '')).toBe(0);
  });

  it('tf-idf is 1 for the one title of a cluster, 0 without a word of it, and less where words are everybody’s', () => {
    const tfIdf = tfIdfOf([
      [{ title: 'enfermeiro', uses: 3 }],
      [
        { title: 'analista de dados', uses: 3 },
        { title: 'data analyst', uses: 1 },
      ],
      [{ title: 'analista de marketing', uses: 2 }],
    ]);
    expect(tfIdf('enfermeiro', 0)).toBeCloseTo(1, 10);
    expect(tfIdf('registered nurse', 0)).toBe(0);
    expect(tfIdf('analista de dados', 1)).toBeGreaterThan(tfIdf('data analyst', 1));
    // idf = ln(4/2) + 1 for its own words, ln(4/3) + 1 for `analista` and `de`, each three times; twice one and one once for English.
    const [own, both] = [Math.log(2) + 1, Math.log(4 / 3) + 1];
    const title = Math.hypot(own, both, both);
    const cluster = Math.hypot(3 * own, 3 * both, 3 * both, own, own);
    expect(tfIdf('analista de dados', 1)).toBeCloseTo((3 * title ** 2) / (title * cluster), 10);
  });

  it('a source is trusted by the word of its name that is known, others .6', () => {
    expect([trustOf('LinkedIn 2024'), trustOf('vagas.com.br'), trustOf('resume'), trustOf('quadro de avisos')]).toEqual(
      [1, 0.9, 0.9, 0.6],
    );
  });
});

describe('confidence of a name', () => {
  const evidence = {
    tfIdf: 0.8,
    trust: 0.9,
    editRatio: 0.7,
    tokenOverlap: 0.5,
    uses: 10,
    clusterUses: 40,
    clusterTitles: 4,
    sources: 1,
    months: 0,
    silhouette: 0.6,
  };

  it('is the earlier system’s formula, as worked out by hand', () => {
    // Words: .28 + .18 + .14 + .075 + .1 * 11 / 44 = .7; volume 10 / 20 * (.5 + .3) = .4; .8 * .7 + .2 * .4 = .64.
    expect(aliasConfidence(evidence).confidence).toBe(0.64);
    // From two sources volume weighs .3: .7 * .7 + .3 * .4 = .61.
    expect(aliasConfidence({ ...evidence, sources: 2 }).confidence).toBe(0.61);
    // A year: exp(-.48) = .6188.
    expect(aliasConfidence({ ...evidence, months: 12 }).confidence).toBe(0.396);
    // A title at the wrong place is half consistent: .56 + .2 * .25 = .61.
    expect(aliasConfidence({ ...evidence, silhouette: -0.3 }).confidence).toBe(0.61);
  });

  it('comes with Wilson’s interval, narrower with more uses', () => {
    // 8 of 10: (.8 + .19207 -+ 1.95996 * sqrt(.016 + .0096036)) / 1.38415
    const { low, high } = wilsonInterval(0.8, 10);
    expect([low, high].map((value) => Math.round(value * 1e4))).toEqual([4902, 9433]);
    expect(wilsonInterval(0.5, 0)).toEqual({ low: 0, high: 1 });
    const [few, many] = [aliasConfidence(evidence), aliasConfidence({ ...evidence, uses: 40, clusterUses: 70 })];
    expect(many.interval.high - many.interval.low).toBeLessThan(few.interval.high - few.interval.low);
  });
});

describe('confidence of a skill', () => {
  const role = { count: 15, weight: 12 };
  const skill = { required: 4, preferred: 2, people: 3, weight: 6, share: 0.2 };

  it('is .4 Bayesian frequency + .6 weighted share, as worked out by hand', () => {
    // (9 + 5 * .2) / 20 = .5; 6 / 12 = .5
    expect(skillConfidence(skill, role)).toBe(0.5);
    // A skill that everybody has is drawn up: (9 + 5) / 20 = .7; .28 + .3
    expect(skillConfidence({ ...skill, share: 1 }, role)).toBe(0.58);
  });

  it('is none below two tellings or .35', () => {
    expect(skillConfidence({ ...skill, required: 1, preferred: 0, people: 0 }, { count: 1, weight: 1 })).toBeNull();
    expect(skillConfidence({ ...skill, weight: 2 }, role)).toBeNull();
    expect(skillConfidence(skill, { count: 0, weight: 0 })).toBeNull();
  });

  it('is required by advertisements only, when as many require as prefer it', () => {
    expect(isRequired({ ...skill, required: 2, preferred: 2 })).toBe(true);
    expect(isRequired({ ...skill, required: 2, preferred: 3 })).toBe(false);
    expect(isRequired({ ...skill, required: 0, preferred: 0, people: 30 })).toBe(false);
  });
});

describe('years of a role', () => {
  const asked = (years: number | null, level = '', rows = 1) => ({ years, level, rows });

  it('are quartiles without outliers, a level standing for its fewest years where no number is said', () => {
    // 2, 3, 3, 4, 5 and 30, which is too far out; pleno is 3.
    const years = roleYears([asked(2), asked(3, 'senior'), asked(null, 'mid'), asked(4), asked(5), asked(30)]);
    expect(years).toEqual({ p25: 3, p50: 3, p75: 4, count: 5, stated: 5, byLevel: 1 });
  });

  it('are none from fewer than five advertisements, and a level without years tells nothing', () => {
    expect(roleYears([asked(2), asked(3), asked(null, 'mid'), asked(null, 'director', 9), asked(null)])).toBeNull();
    expect(roleYears([asked(null, 'senior', 5)])).toMatchObject({ p25: 6, p75: 6, stated: 0, byLevel: 5 });
  });
});
