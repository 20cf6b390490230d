import { z } from 'zod';
import { ModelLabel } from './embedding.ts';
import { EcoId } from './ids.ts';
import type { OccupationTemplate } from './occupation.ts';
import { text } from './text.ts';

/** A clustering of a tenant's titles, kept for review. */
export const ProposalId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{3,64}$/, 'must be 3 to 64 letters, digits, "_" or "-"')
  .brand<'ProposalId'>();
export type ProposalId = z.infer<typeof ProposalId>;

/** What can be published of a cluster by itself: its third proposed name is `c12.a3`, its template `c12.template`. */
export const EntryId = z
  .string()
  .regex(/^c[1-9]\d{0,3}\.(a[1-9]\d?|template)$/, 'must be an id of an entry such as c12.a3 or c12.template');

export const proposalStatuses = ['open', 'superseded'] as const;
export const entryStatuses = ['proposed', 'published', 'rejected'] as const;

const Share = z.number().min(0).max(1);
const Count = z.int().min(0);
/** Clusters that a proposal holds, and names proposed for one. */
export const mostClusters = 500;
export const mostAliasesOfCluster = 20;

/** What a proposal was made from, and how well its clusters hold together. */
export const ProposalOrigin = z.strictObject({
  taxonomyVersion: z.string(),
  lexiconVersion: z.string(),
  model: ModelLabel,
  parameters: z.strictObject({
    eps: z.number().describe('DBSCAN: cosine distance of neighbours, at most.'),
    minSamples: z.int().describe('DBSCAN: uses of a title and its neighbours that make a cluster.'),
    radius: z.number().describe('A cluster that reaches further from its representative is clustered anew.'),
    minUses: z.int().describe('Uses of a title below which it is left aside.'),
    mostTitles: z.int(),
    locale: z.enum(['pt-BR', 'en']),
    country: z.string(),
    sourceTrust: z.record(z.string(), Share),
  }),
  counts: z.strictObject({
    uses: Count.describe('Of titles, by people and advertisements.'),
    titles: Count.describe('Distinct, once read.'),
    clustered: Count.describe('Those of them that were clustered: used often enough, and not too many.'),
    noise: Count.describe('Clustered and near to too few others.'),
    clusters: Count,
    rejectedBefore: Count.describe('Names left out because a reviewer rejected them earlier.'),
  }),
  quality: z.strictObject({
    silhouette: z.number().min(-1).max(1).nullable(),
    daviesBouldin: z.number().min(0).nullable(),
    aliasConfidence: Share.nullable().describe('Mean over the proposed names.'),
  }),
  advice: z.array(z.string()),
});
export type ProposalOrigin = z.output<typeof ProposalOrigin>;

export const ClusterTitle = z.strictObject({
  title: z.string(),
  uses: Count,
  sources: z.array(z.strictObject({ source: z.string(), uses: Count })),
  lastOn: z.string(),
  silhouette: z.number().nullable().describe('-1 to 1; null for a title alone in its cluster.'),
  names: EcoId.nullable().describe('The occupation it names already, if any.'),
});

export const ProposedCluster = z.strictObject({
  cluster: z.int().min(1),
  category: z.string(),
  representative: z.string().describe('The title nearest to all others, weighed by their uses.'),
  uses: Count,
  silhouette: z.number().nullable(),
  occupation: z
    .strictObject({ ecoId: EcoId, title: z.string(), confidence: Share })
    .nullable()
    .describe('Null where no occupation is sure enough: a reviewer has to name one.'),
  titles: z.array(ClusterTitle).describe('By uses, at most 50.'),
  titleCount: Count,
});
export type ProposedCluster = z.output<typeof ProposedCluster>;

export const AliasContent = z.strictObject({
  alias: text(2, 120),
  interval: z.strictObject({ low: Share, high: Share }).describe('Wilson’s, 95 %.'),
  needsReview: z.boolean(),
  parts: z.strictObject({
    tfIdf: Share,
    trust: Share,
    editRatio: Share,
    tokenOverlap: Share,
    uses: Count,
    sources: Count,
    months: z.number().min(0),
  }),
});
export type AliasContent = z.output<typeof AliasContent>;

const Quartile = z.number().min(0).max(60);
const TemplateSkill = z.strictObject({
  skillId: z.string(),
  label: text(1, 120),
  confidence: Share,
  required: Count.describe('Advertisements that require it.'),
  preferred: Count.describe('Advertisements that prefer it.'),
  people: Count.describe('People in the role who have it.'),
});

export const TemplateContent = z.strictObject({
  requiredSkills: z.array(TemplateSkill).max(25),
  preferredSkills: z.array(TemplateSkill).max(25),
  years: z
    .strictObject({
      p25: Quartile,
      p50: Quartile,
      p75: Quartile,
      count: Count,
      stated: Count.describe('Advertisements that ask for years.'),
      byLevel: Count.describe('Those that only name a level, which stands for its fewest years.'),
    })
    .nullable(),
  regions: z.array(
    z.strictObject({
      region: z.string(),
      share: Share,
      ads: Count,
      band: z.enum(['very_high', 'high', 'moderate', 'emerging']),
    }),
  ),
  people: Count,
  ads: Count,
});
export type TemplateContent = z.output<typeof TemplateContent>;

const entry = {
  entryId: EntryId,
  cluster: z.int().min(1),
  ecoId: EcoId.nullable().describe('The occupation proposed; once published, the one it was published for.'),
  confidence: Share,
};

/** An entry as it is proposed. */
export const ProposedEntry = z.discriminatedUnion('kind', [
  z.strictObject({ ...entry, kind: z.literal('alias'), content: AliasContent }),
  z.strictObject({ ...entry, kind: z.literal('template'), content: TemplateContent }),
]);
export type ProposedEntry = z.output<typeof ProposedEntry>;

const decided = {
  status: z.enum(entryStatuses),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
};

/** An entry and what became of it. */
export const ReviewedEntry = z.discriminatedUnion('kind', [
  z.strictObject({ ...entry, ...decided, kind: z.literal('alias'), content: AliasContent }),
  z.strictObject({ ...entry, ...decided, kind: z.literal('template'), content: TemplateContent }),
]);
export type ReviewedEntry = z.output<typeof ReviewedEntry>;

/** A proposal without its clusters. */
export const ProposalView = z.strictObject({
  proposalId: ProposalId,
  version: z.int().min(1).describe('From 1, one more for each proposal of your tenant.'),
  status: z.enum(proposalStatuses).describe('Entries of a superseded proposal are past reviewing.'),
  createdAt: z.string(),
  entries: z.strictObject({ proposed: Count, published: Count, rejected: Count }),
  madeFrom: ProposalOrigin,
});
export type ProposalView = z.output<typeof ProposalView>;

/** A template as an occupation has it. */
export const publishedTemplate = ({ requiredSkills, preferredSkills, years }: TemplateContent): OccupationTemplate => {
  const labels = (skills: readonly { readonly label: string }[]) => [...new Set(skills.map(({ label }) => label))];
  return {
    requiredSkills: labels(requiredSkills),
    preferredSkills: labels(preferredSkills),
    ...(years && { yearsExperienceMin: years.p25, yearsExperienceMax: years.p75 }),
  };
};
