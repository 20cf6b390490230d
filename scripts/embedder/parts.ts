import type { TaxonomyPartName, TaxonomyParts } from '../../functions/src/contract/taxonomy.ts';
import { openTaxonomy } from '../../functions/src/platform/taxonomy.ts';

/** The whole taxonomy that ships, in memory, and its version. */
export async function readParts(): Promise<{ version: string; parts: TaxonomyParts }> {
  const { manifest, part } = await openTaxonomy();
  const names = Object.keys(manifest.parts) as TaxonomyPartName[];
  const entries = await Promise.all(names.map(async (name) => [name, await part(name)] as const));
  return { version: manifest.version, parts: Object.fromEntries(entries) as unknown as TaxonomyParts };
}
