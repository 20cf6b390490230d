import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../config.ts';
import { Problem } from '../contract/errors.ts';
import { openApp } from './firebase-app.ts';

/** A place for files that leave the product; what is written again under the same name takes its place. */
export interface Exports {
  /** Where they are found: `gs://bucket` or a folder. */
  readonly place: string;
  /** `name` is a path of letters, digits, `_`, `-`, `.` and `/`. @throws Problem `export.unavailable` */
  write(name: string, text: string): Promise<void>;
}

const writeMs = 60_000;

/** The bucket that is configured, else a folder on a single machine. @throws Problem `export.unavailable` where there is neither */
export async function openExports(): Promise<Exports> {
  const { exports } = readConfig();
  if (exports.kind === 'bucket') return bucketOf(exports.bucket);
  if (exports.kind === 'folder') return folderOf(path.resolve(exports.folder));
  throw new Problem('export.unavailable', undefined, { cause: new Error('EXPORT_BUCKET is not set') });
}

async function bucketOf(name: string): Promise<Exports> {
  const { getStorage } = await import('firebase-admin/storage');
  const bucket = getStorage(await openApp()).bucket(name);
  return {
    place: `gs://${name}`,
    async write(file, text) {
      const options = { resumable: false, contentType: 'application/x-ndjson', validation: 'crc32c', timeout: writeMs };
      await bucket.file(file).save(text, options).catch(unavailable);
    },
  };
}

function folderOf(folder: string): Exports {
  return {
    place: folder,
    async write(name, text) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 }).catch(unavailable);
      // A half-written file under the final name could be taken for a whole one.
      await writeFile(`${file}.part`, text, { mode: 0o600 }).catch(unavailable);
      await rename(`${file}.part`, file).catch(unavailable);
    },
  };
}

function unavailable(cause: unknown): never {
  throw new Problem('export.unavailable', undefined, { cause });
}
