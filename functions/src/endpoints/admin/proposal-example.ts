import type { z } from 'zod';
import type { EcoId } from '../../contract/ids.ts';
import type { ProposalId, ProposalView, ProposedCluster, ReviewedEntry } from '../../contract/title-proposal.ts';

/** A proposal that the examples of its endpoints tell of. */
export const proposalExample: z.input<typeof ProposalView> = {
  proposalId: 'tp_3f0c1f6e-5d2b-4f43-9a52-0d4f0e7b9c11' as ProposalId,
  version: 3,
  status: 'open',
  createdAt: '2026-01-01T12:00:00.000Z',
  entries: { proposed: 2, published: 0, rejected: 0 },
  madeFrom: {
    taxonomyVersion: '6d1f063a9e7bc461',
    lexiconVersion: '0f3d1c2b4a596877',
    model: { provider: 'local', model: 'static-2', dimensions: 128 },
    parameters: {
      eps: 0.25,
      minSamples: 5,
      radius: 0.22,
      minUses: 2,
      mostTitles: 2_000,
      locale: 'pt-BR',
      country: 'BR',
      sourceTrust: { linkedin: 1, resume: 0.9 },
    },
    counts: { uses: 41, titles: 9, clustered: 2, noise: 0, clusters: 1, rejectedBefore: 0 },
    quality: { silhouette: null, daviesBouldin: null, aliasConfidence: 0.67 },
    advice: [],
  },
};

export const clusterExample: z.input<typeof ProposedCluster> = {
  cluster: 1,
  category: 'professional',
  representative: 'Desenvolvedora back-end',
  uses: 41,
  silhouette: null,
  occupation: { ecoId: 'own:backend-engineer' as EcoId, title: 'Desenvolvedor backend', confidence: 0.93 },
  titles: [
    {
      title: 'Desenvolvedora back-end',
      uses: 33,
      sources: [{ source: 'resume', uses: 33 }],
      lastOn: '2025-12-20',
      silhouette: null,
      names: 'own:backend-engineer' as EcoId,
    },
    {
      title: 'Back-end engineer',
      uses: 8,
      sources: [{ source: 'resume', uses: 8 }],
      lastOn: '2025-12-20',
      silhouette: null,
      names: null,
    },
  ],
  titleCount: 2,
};

const proposed = { cluster: 1, status: 'proposed', decidedBy: null, decidedAt: null } as const;

export const entryExamples: z.input<typeof ReviewedEntry>[] = [
  {
    ...proposed,
    entryId: 'c1.a1',
    kind: 'alias',
    ecoId: 'own:backend-engineer' as EcoId,
    confidence: 0.656,
    content: {
      alias: 'Back-end engineer',
      interval: { low: 0.33, high: 0.881 },
      needsReview: false,
      parts: { tfIdf: 0.5, trust: 0.9, editRatio: 0.93, tokenOverlap: 0.5, uses: 8, sources: 1, months: 0.4 },
    },
  },
  {
    ...proposed,
    entryId: 'c1.template',
    kind: 'template',
    ecoId: 'own:backend-engineer' as EcoId,
    confidence: 0.372,
    content: {
      requiredSkills: [],
      preferredSkills: [{ skillId: 'java', label: 'Java', confidence: 0.61, required: 0, preferred: 0, people: 18 }],
      years: null,
      regions: [],
      people: 29,
      ads: 0,
    },
  },
];
