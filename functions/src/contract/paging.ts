import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Problem } from './errors.ts';
import type { TenantId } from './ids.ts';

/** How many to return; 1 to 200. */
export const Limit = z.int().min(1).max(200);
/** An opaque position in a list, from an earlier answer's `nextCursor`. */
export const Cursor = z.string().min(1).max(600);

const tagLength = 16;
const tagOf = (tenant: TenantId, list: string, body: string) =>
  createHash('sha256').update(`${tenant}\n${list}\n${body}`).digest('base64url').slice(0, tagLength);

/** Packs a position so that it is refused in another tenant's or another endpoint's list. Holds no secret. */
export function encodeCursor(tenant: TenantId, list: string, position: readonly string[]): string {
  const body = Buffer.from(JSON.stringify(position)).toString('base64url');
  return tagOf(tenant, list, body) + body;
}

const invalid = () =>
  new Problem('page.cursor_invalid', [{ path: 'cursor', message: 'pass `nextCursor` on unchanged' }]);

/** The position inside a cursor of `encodeCursor`, as `shape` says it must be. @throws Problem `page.cursor_invalid` */
export function decodeCursor<Position extends readonly string[]>(
  tenant: TenantId,
  list: string,
  cursor: string,
  shape: z.ZodType<Position>,
): Position {
  const body = cursor.slice(tagLength);
  if (body === '' || cursor.slice(0, tagLength) !== tagOf(tenant, list, body)) throw invalid();
  const position = shape.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  if (!position.success) throw invalid();
  return position.data;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/**
 * The pages of one endpoint's list. `after` of `read` is the position of the last item of the page before; it is asked for
 * one item more than the page shows, which tells whether another page follows.
 */
export function pagesOf<Position extends readonly string[]>(list: string, shape: z.ZodType<Position>) {
  return async <Item>(
    tenant: TenantId,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
    read: (limit: number, after: Position | undefined) => Promise<readonly Item[]>,
    positionOf: (item: Item) => Position,
  ): Promise<Page<Item>> => {
    const after = cursor === undefined ? undefined : decodeCursor(tenant, list, cursor, shape);
    const found = await read(limit + 1, after);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const more = last !== undefined && found.length > limit;
    return { items, nextCursor: more ? encodeCursor(tenant, list, positionOf(last)) : null };
  };
}
