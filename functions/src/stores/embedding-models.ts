import type { ModelLabel } from '../contract/embedding.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';

// Ids never change once given, so a process asks once for each label.
const known = new Map<string, number>();

/**
 * The id under which vectors of this label are stored; given at first sight. Asked outside of any transaction, since an id
 * remembered from one that was rolled back would be nobody's. Models belong to no tenant, so no audit entry tells of them.
 */
export async function modelIdOf(database: TenantDatabase, label: ModelLabel): Promise<number> {
  const key = `${label.provider}/${label.model}/${label.dimensions}`;
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const { rows } = await database.call<{ leg: number }>('headhunter.register_model($1, $2, $3)', [
    label.provider,
    label.model,
    label.dimensions,
  ]);
  const id = rows[0]?.leg;
  if (id === undefined) throw new Error('the database gave no id for the embedding model');
  known.set(key, id);
  return id;
}
