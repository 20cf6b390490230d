import type { CandidateRecord } from '../contract/candidate-record.ts';
import type { ModelLabel } from '../contract/embedding.ts';
import type { CandidateId } from '../contract/ids.ts';
import type { TenantDatabase, TenantSession } from '../platform/tenant-database.ts';
import { modelIdOf } from './embedding-models.ts';
import { halfvec } from './vectors.ts';

/** The records whose vectors are of one model. */
export interface VectorsOfModel {
  readonly label: ModelLabel;
  readonly model: number;
  readonly group: readonly CandidateRecord[];
}

/**
 * Puts each candidate's profile vector of that model in the place of one that was made from something else, or by another version
 * of the model, and says whose were not there yet.
 */
export async function writeProfileVectors(
  s: TenantSession,
  { label, model, group }: VectorsOfModel,
  now: Date,
): Promise<CandidateId[]> {
  const { rows } = await s.query<{ id: CandidateId }>(
    `insert into headhunter.embeddings as e (tenant_id, candidate_id, model_id, dimensions, chunk_type, embedding, content_hash, created_at, updated_at)
     select ${s.tenant}, id, $1, $2, 'profile', vector::halfvec, hash, $3, $3
     from unnest($4::text[], $5::text[], $6::text[]) as r (id, vector, hash) order by id
     on conflict (tenant_id, model_id, candidate_id, chunk_type) do update set
       embedding = excluded.embedding, content_hash = excluded.content_hash, updated_at = excluded.updated_at
     where e.content_hash <> excluded.content_hash
     returning candidate_id as id`,
    [
      model,
      label.dimensions,
      now,
      group.map((r) => r.candidateId),
      group.map((r) => halfvec(r.embedding.vector)),
      group.map((r) => `${r.contentHash}.${r.embedding.version}`),
    ],
  );
  return rows.map(({ id }) => id);
}

/** The records by the model of their vectors, each model with its id. */
export async function byModel(
  database: TenantDatabase,
  records: readonly CandidateRecord[],
): Promise<VectorsOfModel[]> {
  const groups = [...Map.groupBy(records, (r) => r.embedding.label)];
  return Promise.all(groups.map(async ([label, group]) => ({ label, group, model: await modelIdOf(database, label) })));
}
