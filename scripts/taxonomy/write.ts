import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import type { TaxonomyManifest, TaxonomyPartName, TaxonomyParts } from '../../functions/src/contract/taxonomy.ts';
import { inferredTable, report } from './report.ts';
import { sources } from './sources.ts';

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Writes every part, the manifest, the page and the table of inferred links, in place of what is in the folder. @param folder ends in `/` */
export function writeArtifact(folder: URL, parts: TaxonomyParts): TaxonomyManifest {
  const contents = createHash('sha256');
  const files = new Map<string, string | Uint8Array>();
  const entries = Object.entries(parts).map(([name, rows]) => {
    const json = JSON.stringify(rows);
    contents.update(`${name} ${sha256(json)}\n`);
    const bytes = brotliCompressSync(json, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: json.length,
      },
    });
    const file = `${name}.json.br`;
    files.set(file, bytes);
    return [name, { file, rows: rows.length, bytes: bytes.length, sha256: sha256(bytes) }] as const;
  });
  const manifest: TaxonomyManifest = {
    version: contents.digest('hex').slice(0, 16),
    parts: Object.fromEntries(entries) as Record<TaxonomyPartName, TaxonomyManifest['parts'][TaxonomyPartName]>,
    sources,
  };
  files.set('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  files.set('TAXONOMY.md', report(manifest, parts));
  files.set('inferred-links.tsv', inferredTable(parts));
  // Only now, since packing takes a minute in which the earlier artifact has to stay whole.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(new URL(name, folder), content);
  return manifest;
}
