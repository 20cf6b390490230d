import type { CandidateRecord } from '../contract/candidate-record.ts';
import type { CandidateId } from '../contract/ids.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';
import type { StoredCandidate } from './candidates.ts';
import { byModel, writeProfileVectors } from './profile-vectors.ts';
import { writeSearchDocuments } from './search-documents.ts';

/** A person whom other software read than today's; also where a list of them goes on. */
export interface Outdated {
  readonly candidateId: CandidateId;
  readonly derivation: string;
}

/** Which software read the tenant's people, and what it made of them. */
export interface Derivations {
  /** Those whom anything but `current` read, by what did and by id. */
  outdated(current: string, limit: number, after?: Outdated): Promise<Outdated[]>;
  countOutdated(current: string): Promise<number>;
  /**
   * Puts what was derived anew in the place of what search read before; the person stays as they are, with revision and
   * `updatedAt`. Passes over who is no longer what they were `asRead`. @returns whom it was done to
   */
  renew(
    records: readonly CandidateRecord[],
    asRead: ReadonlyMap<CandidateId, Pick<StoredCandidate, 'contentHash'>>,
    now: Date,
  ): Promise<CandidateId[]>;
}

export function derivationsOf(database: TenantDatabase): Derivations {
  return {
    outdated: (current, limit, after) =>
      database.transaction(async (s) => {
        const side = (isOther: string) =>
          `(select candidate_id as "candidateId", derivation from headhunter.candidates
            where tenant_id = ${s.tenant} and derivation ${isOther} $1 and (derivation, candidate_id) > ($2, $3)
            order by derivation, candidate_id limit $4)`;
        const { rows } = await s.query<Outdated>(
          `${side('<')} union all ${side('>')} order by derivation, "candidateId" limit $4`,
          [current, after?.derivation ?? '', after?.candidateId ?? '', limit],
        );
        return rows;
      }),
    countOutdated: (current) =>
      database.transaction(async (s) => {
        const side = (isOther: string) =>
          `(select count(*) from headhunter.candidates where tenant_id = ${s.tenant} and derivation ${isOther} $1)`;
        const { rows } = await s.query<{ count: number }>(`select (${side('<')} + ${side('>')})::int as count`, [
          current,
        ]);
        return rows[0]?.count ?? 0;
      }),
    renew: async (records, asRead, now) => {
      const before = ({ candidateId }: CandidateRecord) => asRead.get(candidateId)?.contentHash;
      const models = await byModel(database, records);
      return database.change(async (s) => {
        // Locked in the order of ids, as every writer does. The hash and not the revision, which begins anew with a new person of an old id.
        const { rows } = await s.query<{ id: CandidateId }>(
          `with same as (
             select c.candidate_id as id, r.hash, r.derivation from headhunter.candidates c
             join unnest($1::text[], $2::text[], $3::text[], $4::text[]) as r (id, before, hash, derivation)
               on r.id = c.candidate_id and r.before = c.content_hash
             where c.tenant_id = ${s.tenant} order by c.candidate_id for update of c)
           update headhunter.candidates c set content_hash = same.hash, derivation = same.derivation from same
           where c.tenant_id = ${s.tenant} and c.candidate_id = same.id returning c.candidate_id as id`,
          [
            records.map((r) => r.candidateId),
            records.map(before),
            records.map((r) => r.contentHash),
            records.map((r) => r.derivation),
          ],
        );
        const renewed = rows.map(({ id }) => id);
        const among = new Set(renewed);
        const kept = (group: readonly CandidateRecord[]) => group.filter((r) => among.has(r.candidateId));
        // Where the model alone is another, the words are as they were.
        await writeSearchDocuments(
          s,
          kept(records).filter((r) => r.contentHash !== before(r)),
        );
        for (const { group, ...model } of models) await writeProfileVectors(s, { ...model, group: kept(group) }, now);
        const entry = { action: 'candidate.rederived', subjects: renewed.toSorted() };
        return { result: renewed, entry: renewed.length > 0 ? entry : null };
      });
    },
  };
}
