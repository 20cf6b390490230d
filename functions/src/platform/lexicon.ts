import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Lexicon } from '../contract/lexicon.ts';

export type { Lexicon };

let opened: Promise<Lexicon> | undefined;

/** The lexicon, read and unpacked on the first call and shared after it. @throws Error when the artifact is missing or damaged; the next call tries again */
export function openLexicon(): Promise<Lexicon> {
  opened ??= read(new URL('../../data/lexicon.json.gz', import.meta.url)).catch((cause: unknown) => {
    opened = undefined;
    throw new Error('the lexicon in functions/data could not be read', { cause });
  });
  return opened;
}

async function read(artifact: URL): Promise<Lexicon> {
  const json = await promisify(gunzip)(await readFile(artifact));
  return JSON.parse(json.toString('utf8')) as Lexicon;
}
