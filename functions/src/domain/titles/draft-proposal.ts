import { isDeepStrictEqual } from 'node:util';
import type { Tools } from '../../context.ts';
import {
  mostClusters,
  type ProposalOrigin,
  type ProposedCluster,
  type ProposedEntry,
  publishedTemplate,
} from '../../contract/title-proposal.ts';
import { occupationsOf } from '../eco/occupations.ts';
import { tenantTitlesOf } from '../eco/tenant-titles.ts';
import { decayPerMonth } from './alias-confidence.ts';
import { clusterOccupation, titleMeanings } from './cluster-occupation.ts';
import { mean } from './cluster-quality.ts';
import { clusterTitles } from './cluster-titles.ts';
import { type DistinctTitle, distinctTitles } from './distinct-titles.ts';
import type { TitleParameters } from './parameters.ts';
import { proposalAdvice } from './proposal-advice.ts';
import { type ClusteredTitle, proposeAliases, rejectionKey, type TitleCluster } from './propose-aliases.ts';
import { proposeTemplate } from './propose-template.ts';
import { sourceTrust } from './source-trust.ts';
import { tfIdfOf } from './title-likeness.ts';

/** A proposal that is not written yet. */
export interface ProposalDraft {
  readonly madeFrom: ProposalOrigin;
  readonly clusters: readonly ProposedCluster[];
  readonly entries: readonly ProposedEntry[];
}

export const draftToolNames = [
  'titleEvidence',
  'titleProposals',
  'embedder',
  'localModel',
  'lexicon',
  'taxonomy',
  'occupationOverrides',
] as const;

export type DraftTools = Pick<Tools, (typeof draftToolNames)[number]> & { readonly now: Date };

const mostUses = 50_000;
const titlesTold = 50;

/** Clusters the tenant's titles and says what could be published of it. Null when no title is used often enough; writes nothing. */
export async function draftProposal(tools: DraftTools, parameters: TitleParameters): Promise<ProposalDraft | null> {
  const { lexicon, taxonomy, embedder, now } = tools;
  const occupations = await occupationsOf(taxonomy);
  const uses = await tools.titleEvidence.uses(mostUses);
  const all = distinctTitles(uses, occupations.reader, lexicon);
  const titles = all.filter(isClustered(parameters)).slice(0, parameters.mostTitles);
  if (titles.length === 0) return null;
  const { clusters: found, quality } = await clusterTitles({ embedder, lexicon }, titles, parameters);
  const own = await tenantTitlesOf(tools.occupationOverrides);
  const meaningOf = titleMeanings({ occupations, own, model: tools.localModel }, parameters);
  const clusters = found.slice(0, mostClusters).map(({ members, medoid }, i): TitleCluster => {
    const told = new Map(
      members.map((at): [number, ClusteredTitle] => {
        const title = titles[at] as DistinctTitle;
        return [at, { ...title, meaning: meaningOf(title), silhouette: quality.byMember.get(at) ?? null }];
      }),
    );
    const all = [...told.values()];
    return {
      cluster: i + 1,
      titles: all,
      representative: told.get(medoid) as ClusteredTitle,
      occupation: clusterOccupation(all),
    };
  });
  const rejected = await tools.titleProposals.rejectedAliases();
  const { aliases, rejectedBefore } = aliasesOf(
    clusters,
    new Set(rejected.map(({ alias, ecoId }) => rejectionKey(alias, ecoId))),
    now,
  );
  const templates = await templatesOf(clusters, tools, parameters);
  const measured = {
    silhouette: rounded(quality.silhouette),
    daviesBouldin: rounded(quality.daviesBouldin),
    aliasConfidence: rounded(mean(aliases.map(({ confidence }) => confidence))),
  };
  return {
    madeFrom: {
      taxonomyVersion: occupations.version,
      lexiconVersion: lexicon.version,
      model: embedder.label,
      parameters: { ...parameters, sourceTrust: { ...sourceTrust } },
      counts: {
        uses: uses.reduce((sum, one) => sum + one.uses, 0),
        titles: all.length,
        clustered: titles.length,
        noise: titles.length - found.reduce((sum, { members }) => sum + members.length, 0),
        clusters: clusters.length,
        rejectedBefore,
      },
      quality: measured,
      advice: proposalAdvice({ ...measured, leftOut: found.length - clusters.length }),
    },
    clusters: clusters.map(tellCluster),
    entries: [...aliases, ...templates],
  };
}

// An internship is called after a course of studies: its titles name no occupation.
const isClustered =
  ({ minUses }: TitleParameters) =>
  ({ uses, category }: DistinctTitle) =>
    uses >= minUses && category !== 'intern';

function aliasesOf(clusters: readonly TitleCluster[], rejected: ReadonlySet<string>, now: Date) {
  const tfIdf = tfIdfOf(clusters.map(({ titles }) => titles.map(({ reading, uses }) => ({ title: reading, uses }))));
  const proposed = clusters.flatMap((one, i) => proposeAliases(one, (title) => tfIdf(title, i), now));
  const aliases = proposed.filter(({ content, ecoId }) => !rejected.has(rejectionKey(content.alias, ecoId)));
  return { aliases, rejectedBefore: proposed.length - aliases.length };
}

/** One for each occupation, by its largest cluster; none where the occupation has the very same already. */
async function templatesOf(
  clusters: readonly TitleCluster[],
  { titleEvidence, occupationOverrides, lexicon, now }: DraftTools,
  { locale }: TitleParameters,
): Promise<ProposedEntry[]> {
  const roles = clusters.map(({ cluster, titles }) => ({
    role: cluster,
    titles: titles.flatMap(({ written }) => written),
  }));
  const [evidence, shares] = [await titleEvidence.roles(roles, decayPerMonth, now), await titleEvidence.shares()];
  const taken = new Set<string>();
  const entries: ProposedEntry[] = [];
  for (const [i, { cluster, occupation }] of clusters.entries()) {
    const told = evidence[i];
    const template = told && proposeTemplate(told, shares, lexicon, locale);
    if (!template || (occupation && taken.has(occupation.ecoId))) continue;
    const override = occupation && (await occupationOverrides.findById(occupation.ecoId));
    if (occupation) taken.add(occupation.ecoId);
    if (override?.template && isDeepStrictEqual(override.template, publishedTemplate(template.content))) continue;
    entries.push({
      kind: 'template',
      entryId: `c${cluster}.template`,
      cluster,
      ecoId: occupation?.ecoId ?? null,
      ...template,
    });
  }
  return entries;
}

function tellCluster({ cluster, representative, titles, occupation }: TitleCluster): ProposedCluster {
  return {
    cluster,
    category: representative.category,
    representative: representative.text,
    uses: titles.reduce((sum, { uses }) => sum + uses, 0),
    silhouette: rounded(mean(titles.flatMap(({ silhouette }) => silhouette ?? []))),
    occupation,
    titleCount: titles.length,
    titles: titles.slice(0, titlesTold).map(({ text, uses, sources, lastOn, silhouette, meaning }) => ({
      title: text,
      uses,
      sources: [...sources],
      lastOn,
      silhouette: rounded(silhouette),
      names: (occupation && meaning.names.includes(occupation.ecoId) ? occupation.ecoId : meaning.names[0]) ?? null,
    })),
  };
}

const rounded = <T extends number | null>(value: T): T =>
  (value === null ? null : Math.round((value as number) * 1e3) / 1e3) as T;
