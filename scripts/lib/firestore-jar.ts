import { execFile } from 'node:child_process';
import { existsSync, globSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const gcloudMs = 5_000;
const inSdk = path.join('platform', 'cloud-firestore-emulator', 'cloud-firestore-emulator.jar');

/** The first of `folders` that holds an executable called `name`. */
function executable(name: string, folders: readonly string[]): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return folders
    .flatMap((folder) => suffixes.map((suffix) => path.join(folder, name + suffix)))
    .find((file) => existsSync(file));
}

const onPath = () => (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);

/** The Java launcher: of JAVA_HOME if that is set, else of PATH. */
export function findJava(): string | undefined {
  const home = process.env['JAVA_HOME'];
  return executable('java', [...(home ? [path.join(home, 'bin')] : []), ...onPath()]);
}

/**
 * Google's Firestore emulator: named by FIRESTORE_EMULATOR_JAR or FIRESTORE_EMULATOR_BINARY_PATH, part of the gcloud
 * SDK, or downloaded earlier by firebase-tools. Throws when a variable names a file that is not there.
 */
export async function findFirestoreJar(): Promise<string | undefined> {
  for (const name of ['FIRESTORE_EMULATOR_JAR', 'FIRESTORE_EMULATOR_BINARY_PATH']) {
    const named = process.env[name];
    if (named && !existsSync(named)) throw new Error(`${name} names ${named}, which does not exist`);
    if (named) return named;
  }
  const gcloud = executable('gcloud', onPath());
  const roots = [
    ...(gcloud ? [path.dirname(path.dirname(realpathSync(gcloud)))] : []),
    path.join(homedir(), 'google-cloud-sdk'),
    '/usr/lib/google-cloud-sdk',
    '/usr/share/google-cloud-sdk',
    '/opt/homebrew/share/google-cloud-sdk',
    '/snap/google-cloud-cli/current',
  ];
  const downloaded = globSync('cloud-firestore-emulator-*.jar', {
    cwd: path.join(homedir(), '.cache/firebase/emulators'),
  })
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => path.join(homedir(), '.cache/firebase/emulators', name));
  const known = [...roots.map((root) => path.join(root, inSdk)), ...downloaded].find((file) => existsSync(file));
  if (known || !gcloud) return known;
  const asked = path.join(await sdkRoot(gcloud), inSdk);
  return existsSync(asked) ? asked : undefined;
}

async function sdkRoot(gcloud: string): Promise<string> {
  const args = ['info', '--format=value(installation.sdk_root)'];
  try {
    return (await promisify(execFile)(gcloud, args, { timeout: gcloudMs })).stdout.trim();
  } catch {
    return path.sep;
  }
}
