import { randomUUID } from 'node:crypto';
import type { EcoId } from '../contract/ids.ts';
import type { OccupationTemplate } from '../contract/occupation.ts';
import {
  ProposalId,
  type ProposalOrigin,
  type ProposalView,
  type ProposedCluster,
  type ProposedEntry,
  type ReviewedEntry,
} from '../contract/title-proposal.ts';
import type { TenantDatabase, TenantSession } from '../platform/tenant-database.ts';
import { publish, readAliases, type TenantAlias } from './occupation-overrides.ts';

/** A proposal as it is made. */
export interface NewProposal {
  readonly madeFrom: ProposalOrigin;
  readonly clusters: readonly ProposedCluster[];
  readonly entries: readonly ProposedEntry[];
}

export interface ClusterWithEntries {
  readonly cluster: ProposedCluster;
  readonly entries: readonly ReviewedEntry[];
}

/** What a review decides on, as it is while nobody else can change it. */
export interface UnderReview {
  readonly status: ProposalView['status'];
  /** Those asked for that are there. */
  readonly entries: ReadonlyMap<string, ReviewedEntry>;
  /** Every name of the tenant's own. */
  readonly aliases: readonly TenantAlias[];
}

export interface ReviewOutcome {
  readonly aliases: readonly { readonly entryId: string; readonly ecoId: EcoId; readonly alias: string }[];
  readonly templates: readonly {
    readonly entryId: string;
    readonly ecoId: EcoId;
    readonly template: OccupationTemplate;
  }[];
  readonly rejected: readonly string[];
}

export interface TitleProposals {
  /** Writes a proposal, in place of the one that was open. */
  create(proposal: NewProposal, now: Date): Promise<Pick<ProposalView, 'proposalId' | 'version'>>;
  /** The newest first, from before that version on. */
  list(limit: number, before?: number): Promise<readonly ProposalView[]>;
  findById(id: ProposalId): Promise<ProposalView | null>;
  /** Clusters after that one, each with its entries; none for a proposal there is not. */
  clusters(id: ProposalId, limit: number, after?: number): Promise<readonly ClusterWithEntries[]>;
  /** Names that were rejected in any proposal kept, with the occupation they were proposed for. */
  rejectedAliases(): Promise<readonly { readonly alias: string; readonly ecoId: EcoId | null }[]>;
  /**
   * Lets `decide` look at these entries and writes what it comes to, its publications with it, in one transaction that no other
   * review or run of the tenant overlaps. False when there is no such proposal. @throws whatever `decide` throws; Problem `occupation.aliases_full`
   */
  review(
    id: ProposalId,
    entryIds: readonly string[],
    decide: (found: UnderReview) => ReviewOutcome,
    by: { readonly actor: string; readonly now: Date },
  ): Promise<boolean>;
}

/** Older ones are forgotten, with what was rejected in them. */
const mostKept = 50;

const proposalColumns = `p.proposal_id as "proposalId", p.version, p.status, to_json(p.created_at) #>> '{}' as "createdAt", p.made_from as "madeFrom",
  (select json_build_object('proposed', count(*) filter (where e.status = 'proposed'), 'published', count(*) filter (where e.status = 'published'),
     'rejected', count(*) filter (where e.status = 'rejected'))
   from headhunter.title_entries e where e.tenant_id = p.tenant_id and e.proposal_id = p.proposal_id) as entries`;
const entryColumns = `entry_id as "entryId", cluster, kind, occupation_id as "ecoId", round(confidence::numeric, 3)::float8 as confidence, content, status,
  decided_by as "decidedBy", to_json(decided_at) #>> '{}' as "decidedAt"`;

export function titleProposalsOf(database: TenantDatabase): TitleProposals {
  const read = (condition: (tenant: string) => string, values: readonly unknown[]) =>
    database.transaction(async (s) => {
      const { rows } = await s.query<ProposalView>(
        `select ${proposalColumns} from headhunter.title_proposals p where p.tenant_id = ${s.tenant} ${condition(s.tenant)}`,
        values,
      );
      return rows;
    });
  return {
    create: (proposal, now) =>
      database.change(async (s) => {
        await lock(s);
        const made = await write(s, proposal, now);
        const { clusters, entries } = proposal;
        const details = { version: made.version, clusters: clusters.length, entries: entries.length };
        return { result: made, entry: { action: 'titles.proposed', subjects: [made.proposalId], details } };
      }),
    list: (limit, before) =>
      read(
        () => 'and p.version < coalesce($2::int, p.version + 1) order by p.version desc limit $1',
        [limit, before ?? null],
      ),
    findById: async (id) => (await read(() => 'and p.proposal_id = $1', [id]))[0] ?? null,
    clusters: (id, limit, after = 0) =>
      database.transaction(async (s) => {
        const clusters = await s.query<{ content: ProposedCluster }>(
          `select content from headhunter.title_clusters
           where tenant_id = ${s.tenant} and proposal_id = $1 and cluster > $2 order by cluster limit $3`,
          [id, after, limit],
        );
        const entries = await s.query<ReviewedEntry>(
          `select ${entryColumns} from headhunter.title_entries
           where tenant_id = ${s.tenant} and proposal_id = $1 and cluster = any($2)
           order by cluster, kind, confidence desc, entry_id`,
          [id, clusters.rows.map(({ content }) => content.cluster)],
        );
        const byCluster = Map.groupBy(entries.rows, ({ cluster }) => cluster);
        return clusters.rows.map(({ content }) => ({
          cluster: content,
          entries: byCluster.get(content.cluster) ?? [],
        }));
      }),
    rejectedAliases: () =>
      database.transaction(async (s) => {
        const { rows } = await s.query<{ alias: string; ecoId: EcoId | null }>(
          `select distinct content ->> 'alias' as alias, occupation_id as "ecoId" from headhunter.title_entries
           where tenant_id = ${s.tenant} and status = 'rejected' and kind = 'alias'`,
        );
        return rows;
      }),
    review: (id, entryIds, decide, { actor, now }) =>
      database.change(async (s) => {
        await lock(s);
        const { rows } = await s.query<Pick<ProposalView, 'status'>>(
          `select status from headhunter.title_proposals where tenant_id = ${s.tenant} and proposal_id = $1`,
          [id],
        );
        if (!rows[0]) return { result: false, entry: null };
        const found = await s.query<ReviewedEntry>(
          `select ${entryColumns} from headhunter.title_entries where tenant_id = ${s.tenant} and proposal_id = $1 and entry_id = any($2)`,
          [id, entryIds],
        );
        const entries = new Map(found.rows.map((entry) => [entry.entryId, entry]));
        const outcome = decide({ status: rows[0].status, entries, aliases: await readAliases(s) });
        await decideEntries(s, id, outcome, actor, now);
        await publish(s, { proposalId: id, ...outcome }, now);
        const published = [...outcome.aliases, ...outcome.templates];
        const details = {
          aliases: outcome.aliases.length,
          templates: outcome.templates.length,
          rejected: outcome.rejected.length,
        };
        const subjects = [id, ...new Set(published.map(({ ecoId }) => ecoId))];
        return { result: true, entry: { action: 'titles.reviewed', subjects, details } };
      }),
  };
}

/** Makes one line of the tenant's runs and reviewers. */
const lock = (s: TenantSession) =>
  s.query(`select pg_advisory_xact_lock(hashtextextended('titles:' || ${s.tenant}, 0))`);

async function write(s: TenantSession, { madeFrom, clusters, entries }: NewProposal, now: Date) {
  await s.query(
    `update headhunter.title_proposals set status = 'superseded' where tenant_id = ${s.tenant} and status = 'open'`,
  );
  const proposalId = ProposalId.parse(`tp_${randomUUID()}`);
  const { rows } = await s.query<{ version: number }>(
    `insert into headhunter.title_proposals (tenant_id, proposal_id, version, status, created_at, made_from)
     select ${s.tenant}, $1, coalesce(max(version), 0) + 1, 'open', $2, $3 from headhunter.title_proposals where tenant_id = ${s.tenant}
     returning version`,
    [proposalId, now, JSON.stringify(madeFrom)],
  );
  const version = rows[0]?.version ?? 0;
  await s.query(`delete from headhunter.title_proposals where tenant_id = ${s.tenant} and version <= $1`, [
    version - mostKept,
  ]);
  await s.query(
    `insert into headhunter.title_clusters (tenant_id, proposal_id, cluster, content)
     select ${s.tenant}, $1, (content ->> 'cluster')::int, content from jsonb_array_elements($2::jsonb) as content`,
    [proposalId, JSON.stringify(clusters)],
  );
  await s.query(
    `insert into headhunter.title_entries (tenant_id, proposal_id, entry_id, cluster, kind, occupation_id, confidence, content)
     select ${s.tenant}, $1, e."entryId", e.cluster, e.kind, e."ecoId", e.confidence, e.content
     from jsonb_to_recordset($2::jsonb) as e ("entryId" text, cluster int, kind text, "ecoId" text, confidence real, content jsonb)`,
    [proposalId, JSON.stringify(entries)],
  );
  return { proposalId, version };
}

async function decideEntries(
  s: TenantSession,
  id: ProposalId,
  { aliases, templates, rejected }: ReviewOutcome,
  actor: string,
  now: Date,
): Promise<void> {
  const verdicts = [
    ...[...aliases, ...templates].map(({ entryId, ecoId }) => ({ entryId, status: 'published', ecoId })),
    ...rejected.map((entryId) => ({ entryId, status: 'rejected', ecoId: null })),
  ];
  await s.query(
    `update headhunter.title_entries e set status = v.status, occupation_id = coalesce(v."ecoId", e.occupation_id), decided_by = $3, decided_at = $4
     from jsonb_to_recordset($2::jsonb) as v ("entryId" text, status text, "ecoId" text)
     where e.tenant_id = ${s.tenant} and e.proposal_id = $1 and e.entry_id = v."entryId"`,
    [id, JSON.stringify(verdicts), actor, now],
  );
}
