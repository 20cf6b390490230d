import { EnrichedProfile, enrichedProfileVersion } from '../contract/enriched-profile.ts';
import type { EnrichmentJobId } from '../contract/enrichment-job.ts';
import { Problem } from '../contract/errors.ts';
import type { CandidateId } from '../contract/ids.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';

/** The work of which a profile is the effect, and the person it was done on. */
export interface Enrichment {
  readonly jobId: EnrichmentJobId;
  readonly run: number;
  readonly candidateId: CandidateId;
  /** Of the person, as they were read. */
  readonly revision: number;
  readonly updatedAt: string;
}

export interface StoredEnrichment {
  readonly profile: EnrichedProfile;
  readonly jobId: EnrichmentJobId;
  readonly run: number;
  /** Whether the person has changed since they were read. */
  readonly isOutdated: boolean;
  readonly writtenAt: string;
}

/** What enrichment made of the tenant's people. */
export interface EnrichedProfiles {
  /**
   * Puts a profile in the place of an earlier one; once for each run of a job, however often it is said.
   * @returns false when that run had written already
   * @throws Problem `candidate.not_found`, and `candidate.conflict` when the person is no longer as they were read
   */
  write(enrichment: Enrichment, profile: EnrichedProfile, now: Date): Promise<boolean>;
  /** Null when there is none, or one of another version of the schema. */
  findById(id: CandidateId): Promise<StoredEnrichment | null>;
}

export function enrichedProfilesOf(database: TenantDatabase): EnrichedProfiles {
  return {
    write: (of, profile, now) =>
      database.change<boolean>(async (s) => {
        const { rows } = await s.query<{ isSame: boolean }>(
          `select revision = $2 and updated_at = $3::timestamptz as "isSame" from headhunter.candidates
           where tenant_id = ${s.tenant} and candidate_id = $1 for share`,
          [of.candidateId, of.revision, of.updatedAt],
        );
        if (!rows[0]) throw new Problem('candidate.not_found');
        const written = await s.query(
          `insert into headhunter.enriched_profiles as e (tenant_id, candidate_id, job_id, run, revision, profile, written_at)
           values (${s.tenant}, $1, $2, $3, $4, $5, $6)
           on conflict (tenant_id, candidate_id) do update set job_id = excluded.job_id, run = excluded.run,
             revision = excluded.revision, profile = excluded.profile, written_at = excluded.written_at
           where e.job_id <> excluded.job_id or e.run < excluded.run`,
          [of.candidateId, of.jobId, of.run, of.revision, JSON.stringify(profile), now],
        );
        if (written.rowCount === 0) return { result: false, entry: null };
        if (!rows[0].isSame) throw new Problem('candidate.conflict');
        const { provider, model, promptVersion } = profile.provenance;
        const details = { jobId: of.jobId, run: of.run, provider, model, promptVersion };
        return { result: true, entry: { action: 'candidate.enriched', subjects: [of.candidateId], details } };
      }),
    async findById(id) {
      const { rows } = await database.transaction((s) =>
        s.query<Omit<StoredEnrichment, 'profile'> & { profile: { version: number } }>(
          `select e.profile, e.job_id as "jobId", e.run, e.revision <> c.revision as "isOutdated", to_json(e.written_at) #>> '{}' as "writtenAt"
           from headhunter.enriched_profiles e join headhunter.candidates c using (tenant_id, candidate_id)
           where e.tenant_id = ${s.tenant} and e.candidate_id = $1`,
          [id],
        ),
      );
      const row = rows[0];
      if (row?.profile.version !== enrichedProfileVersion) return null;
      return { ...row, profile: EnrichedProfile.parse(row.profile) };
    },
  };
}
