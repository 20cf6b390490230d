import type { Metadata } from '../contract/candidate.ts';
import type { LabelledVector } from '../contract/candidate-record.ts';
import type { ModelLabel } from '../contract/embedding.ts';
import { Problem } from '../contract/errors.ts';
import type { CandidateId } from '../contract/ids.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';
import { modelIdOf } from './embedding-models.ts';
import { halfvec } from './vectors.ts';

export interface NewEmbedding extends LabelledVector {
  readonly candidateId: CandidateId;
  readonly chunkType: string;
  readonly contentHash: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface EmbeddingMatch {
  readonly candidateId: CandidateId;
  readonly chunkType: string;
  /** Cosine, -1..1. */
  readonly similarity: number;
  readonly metadata: Metadata;
  readonly updatedAt: string;
}

export interface Embeddings {
  /** Stores one vector of one chunk of a candidate. @throws Problem `candidate.not_found` */
  put(embedding: NewEmbedding, now: Date): Promise<{ createdAt: string; updatedAt: string }>;
  /** Chunks nearest to the vector among vectors of the same label, `similarity >= threshold`, nearest first, ties by id. */
  nearest(
    query: LabelledVector,
    options: { limit: number; threshold: number; metadata?: Readonly<Record<string, unknown>> | undefined },
  ): Promise<EmbeddingMatch[]>;
  /** How many of the tenant's candidates have a profile vector of this label, and how many have none. */
  coverage(label: ModelLabel): Promise<{ embedded: number; missing: number }>;
}

export function embeddingsOf(database: TenantDatabase): Embeddings {
  return {
    put: async (e, now) => {
      const model = await modelIdOf(database, e.label);
      return database.change(async (s) => {
        const { rows } = await s.query<{ createdAt: string; updatedAt: string }>(
          `insert into headhunter.embeddings as e (tenant_id, candidate_id, model_id, dimensions, chunk_type, embedding, content_hash, metadata, created_at, updated_at)
           select ${s.tenant}, c.candidate_id, $2, $3, $4, $5::halfvec, $6, $7, $8, $8
           from headhunter.candidates c where c.tenant_id = ${s.tenant} and c.candidate_id = $1
           on conflict (tenant_id, model_id, candidate_id, chunk_type) do update set embedding = excluded.embedding,
             content_hash = excluded.content_hash, metadata = excluded.metadata, updated_at = excluded.updated_at
           returning to_json(created_at) #>> '{}' as "createdAt", to_json(updated_at) #>> '{}' as "updatedAt"`,
          [
            e.candidateId,
            model,
            e.label.dimensions,
            e.chunkType,
            halfvec(e.vector),
            e.contentHash,
            JSON.stringify(e.metadata),
            now,
          ],
        );
        if (!rows[0]) throw new Problem('candidate.not_found');
        const details = { chunkType: e.chunkType, provider: e.label.provider, model: e.label.model };
        return { result: rows[0], entry: { action: 'embedding.changed', subjects: [e.candidateId], details } };
      });
    },
    nearest: async (query, { limit, threshold, metadata }) => {
      const model = await modelIdOf(database, query.label);
      return database.transaction(async (s) => {
        const vector = `embedding::halfvec(${query.label.dimensions})`;
        const { rows } = await s.query<EmbeddingMatch>(
          `with near as materialized (
             select candidate_id, chunk_type, metadata, updated_at, ${vector} <=> $2::halfvec(${query.label.dimensions}) as distance
             from headhunter.embeddings
             where tenant_id = ${s.tenant} and model_id = ${model} and ($3::jsonb is null or metadata @> $3)
             order by ${vector} <=> $2::halfvec(${query.label.dimensions}) limit $1)
           select candidate_id as "candidateId", chunk_type as "chunkType", metadata, (1 - distance)::real as similarity,
             to_json(updated_at) #>> '{}' as "updatedAt"
           from near where 1 - distance >= $4 order by distance + 0, candidate_id, chunk_type`,
          [limit, halfvec(query.vector), metadata ? JSON.stringify(metadata) : null, threshold],
        );
        return rows;
      });
    },
    coverage: async (label) => {
      const model = await modelIdOf(database, label);
      return database.transaction(async (s) => {
        const { rows } = await s.query<{ embedded: number; missing: number }>(
          `select count(e.candidate_id)::int as embedded, (count(*) - count(e.candidate_id))::int as missing
           from headhunter.candidates c left join headhunter.embeddings e
             on e.tenant_id = ${s.tenant} and e.candidate_id = c.candidate_id and e.model_id = ${model} and e.chunk_type = 'profile'
           where c.tenant_id = ${s.tenant}`,
        );
        return rows[0] ?? { embedded: 0, missing: 0 };
      });
    },
  };
}
