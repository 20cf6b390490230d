import { createHash } from 'node:crypto';
import type { TenantTools } from '../../context.ts';
import type { ExportPart, Offboarding } from '../../contract/offboarding.ts';
import type { Exports } from '../../platform/exports.ts';

const rowsAtOnce = 1_000;
/** What only serves the machinery, or holds answers that were given once, is no data of the tenant. */
const leftOut = (table: string) =>
  /^(audit_debts|audit_heads|promoted_tenants|idempotency\w*|own_partitions)$|_p_[0-9a-f]{12}$/.test(table);

interface Page {
  readonly rows: readonly string[];
  /** Where the next page begins, as JSON; null at the end. */
  readonly next: string | null;
}
interface Source {
  readonly name: string;
  page(after: string | null): Promise<Page>;
}

/** Everything that is exported of a tenant, in a fixed order. */
async function sourcesOf({ rows, documents, accounts }: TenantTools): Promise<Source[]> {
  const tables = Object.keys(await rows.counts()).filter((table) => !leftOut(table));
  const collections = await documents.collections();
  return [
    ...tables.map((table) => ({
      name: `postgres/${table}`,
      page: async (after: string | null) => {
        const { rows: found, next } = await rows.page(table, after === null ? null : JSON.parse(after), rowsAtOnce);
        return { rows: found, next: next && JSON.stringify(next) };
      },
    })),
    { name: 'firestore/tenant', page: async () => ({ rows: [await documents.own()], next: null }) },
    ...collections.map((collection) => ({
      name: `firestore/${collection}`,
      page: (after: string | null) => documents.page(collection, after, rowsAtOnce),
    })),
    {
      name: 'accounts/accounts',
      page: async (after: string | null) => {
        const { accounts: found, next = null } = await accounts.page(after ?? undefined);
        return { rows: found.map((account) => JSON.stringify(account)), next };
      },
    },
  ];
}

/**
 * Exports one page as one NDJSON file, or, when there is none left, the manifest of all. A file that was written before a
 * crash is written again, the same.
 */
export async function exportNext(tools: TenantTools, exports: Exports, before: Offboarding): Promise<Offboarding> {
  const { source: index, after, part } = before.position;
  const source = (await sourcesOf(tools))[index];
  if (!source) return { ...before, state: 'exported', export: await writeManifest(exports, before) };
  const { rows, next } = await source.page(after);
  const parts =
    rows.length === 0
      ? []
      : [await writePart(exports, before, `${source.name}-${String(part).padStart(5, '0')}`, rows)];
  const position =
    next === null ? { source: index + 1, after: null, part: 1 } : { source: index, after: next, part: part + 1 };
  return { ...before, parts: [...before.parts, ...parts], position };
}

async function writePart(
  exports: Exports,
  { folder }: Offboarding,
  name: string,
  rows: readonly string[],
): Promise<ExportPart> {
  const text = rows.map((row) => `${row}\n`).join('');
  const file = `${name}.ndjson`;
  await exports.write(`${folder}/${file}`, text);
  return { file, rows: rows.length, bytes: Buffer.byteLength(text), sha256: sha256(text) };
}

async function writeManifest(exports: Exports, { tenantId, requestedAt, folder, parts }: Offboarding) {
  const manifest = `${folder}/manifest.json`;
  const leaves = 'secrets and their hashes, answers kept for repeated requests, indexes and counters of the machinery';
  const text = `${JSON.stringify({ tenantId, requestedAt, leftOut: leaves, files: parts }, null, 2)}\n`;
  await exports.write(manifest, text);
  return { place: exports.place, manifest, sha256: sha256(text) };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
