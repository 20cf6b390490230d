import { withOperatorDatabase } from '../../functions/src/platform/postgres.ts';
import { openTaxonomy } from '../../functions/src/platform/taxonomy.ts';
import { loadTaxonomy } from '../taxonomy/load.ts';

/** The taxonomy into the database, at the first start; nobody waits for it, since no endpoint does. A stack that ends meanwhile leaves nothing of it. */
export function fillReference(say: (line: string) => void): void {
  void (async () => {
    const taxonomy = await openTaxonomy();
    const loaded = await withOperatorDatabase((database) => loadTaxonomy(taxonomy, database));
    if (loaded) say(`Taxonomy: ${taxonomy.manifest.version} is in the database too`);
  })().catch((error: Error) =>
    say(`Taxonomy: not loaded into the database (${error.message}); npm run taxonomy:load tries again`),
  );
}
