import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { TaxonomyManifest, TaxonomyPartName, TaxonomyParts } from '../contract/taxonomy.ts';

/** The taxonomy artifact, opened part by part. */
export interface TaxonomyArtifact {
  readonly manifest: TaxonomyManifest;
  /** The rows of a part, read and checked on the first call and shared after it. @throws Error naming the part when its file is missing or is not the one the manifest tells of; the next call tries again */
  part<Name extends TaxonomyPartName>(name: Name): Promise<TaxonomyParts[Name]>;
}

const shipped = new URL('../../data/taxonomy/', import.meta.url);
let opened: Promise<TaxonomyArtifact> | undefined;

/** The artifact that ships with the functions; opened once. @throws Error when its manifest cannot be read; the next call tries again */
export function openTaxonomy(): Promise<TaxonomyArtifact> {
  opened ??= openTaxonomyAt(shipped).catch((cause: unknown) => {
    opened = undefined;
    throw cause;
  });
  return opened;
}

/** @param folder holds `manifest.json` and the files it names; ends in `/` */
export async function openTaxonomyAt(folder: URL): Promise<TaxonomyArtifact> {
  const manifest = await readManifest(folder);
  const parts = new Map<TaxonomyPartName, Promise<unknown>>();
  const read = async (name: TaxonomyPartName): Promise<unknown> => {
    const { file, sha256 } = manifest.parts[name];
    const bytes = await readFile(new URL(file, folder));
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) throw new Error(`its sha256 is ${found}, and the manifest says ${sha256}`);
    return JSON.parse((await promisify(brotliDecompress)(bytes)).toString('utf8'));
  };
  return {
    manifest,
    part<Name extends TaxonomyPartName>(name: Name) {
      let part = parts.get(name);
      if (!part) {
        part = read(name).catch((cause: unknown) => {
          parts.delete(name);
          throw new Error(`the part "${name}" of the taxonomy in ${folder.pathname} could not be read`, { cause });
        });
        parts.set(name, part);
      }
      return part as Promise<TaxonomyParts[Name]>;
    },
  };
}

async function readManifest(folder: URL): Promise<TaxonomyManifest> {
  try {
    return JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8')) as TaxonomyManifest;
  } catch (cause) {
    throw new Error(`the manifest of the taxonomy in ${folder.pathname} could not be read`, { cause });
  }
}
