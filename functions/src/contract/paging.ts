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
