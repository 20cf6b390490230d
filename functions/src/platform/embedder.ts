import { readConfig } from '../config.ts';
import type { Embedder } from '../contract/embedding.ts';

let opened: Promise<Embedder> | undefined;

/** The embedder the configuration names; never a silent stand-in for it. */
export function openEmbedder(): Promise<Embedder> {
  opened ??= (async () => {
    const { embedding } = readConfig();
    switch (embedding.provider) {
      case 'local':
        return (await import('./local-embedder.ts')).localEmbedder;
    }
  })();
  return opened;
}
