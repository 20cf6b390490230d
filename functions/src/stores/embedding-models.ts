import type { ModelLabel } from '../contract/embedding.ts';
import type { TenantDatabase } from '../platform/postgres.ts';

// Ids never change once given, so a process asks once for each label.
const known = new Map<string, number>();

/**
 * The id under which vectors of this label are stored; given at first sight. Asked in a transaction of its own, since an
 * id remembered from one that was rolled back would be nobody's.
 */
export async function modelIdOf(database: TenantDatabase, label: ModelLabel): Promise<number> {
  const key = `${label.provider}/${label.model}/${label.dimensions}`;
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const { rows } = await database.transaction((s) =>
    s.query<{ id: number }>('select headhunter.register_model($1, $2, $3) as id', [
      label.provider,
      label.model,
      label.dimensions,
    ]),
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no id for the embedding model');
  known.set(key, id);
  return id;
}
