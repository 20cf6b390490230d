import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { withFileLock } from './file-lock.ts';
import type { SecretProvider, SecretVersion } from './secret-provider.ts';

const Versions = z.record(
  z.string(),
  z.object({
    current: z.number(),
    versions: z.array(
      z.object({
        state: z.enum(['enabled', 'disabled', 'destroyed']),
        value: z.string().optional(),
        createdAt: z.coerce.date(),
      }),
    ),
  }),
);
type Versions = z.infer<typeof Versions>;
type Kept = Versions[string];

// Only such a name can stand in `.secret.local`, as Firebase's emulator reads it.
const variable = /^[A-Z_][A-Z0-9_]*$/;

/**
 * Secrets of one machine. `file` is `.secret.local` as Firebase's emulator reads it, NAME=value for what is current, and may
 * be edited by hand: what stands there counts. Older and newer versions are in `file`.versions.json beside it. Both are
 * readable by their owner alone, and several processes can share them.
 */
export function openLocalSecrets(file: string, given: (name: string) => string | undefined): SecretProvider {
  const versionsFile = `${file}.versions.json`;

  async function load(): Promise<Versions> {
    const values = parseEnv(await textOf(file)) as Record<string, string>;
    const kept = Versions.parse(JSON.parse((await textOf(versionsFile)) || '{}'));
    for (const [name, value] of Object.entries(values)) adopt(kept, name, value);
    return kept;
  }

  function change<T>(work: (kept: Versions) => T): Promise<T> {
    return withFileLock(`${file}.lock`, async () => {
      const kept = await load();
      const result = work(kept);
      // The versions first: a value that is only in `file` would be adopted as a new version.
      await replace(versionsFile, `${JSON.stringify(kept, null, 2)}\n`);
      await replace(file, withCurrent(await textOf(file), kept));
      return result;
    });
  }

  /** What the process was started with stands where the files know nothing of the name. */
  function adoptGiven(kept: Versions, name: string): void {
    const value = given(name);
    if (!kept[name] && value !== undefined) adopt(kept, name, value);
  }

  async function find(name: string): Promise<Kept> {
    const kept = await load();
    adoptGiven(kept, name);
    const found = kept[name];
    if (!found) throw new Error(`there is no secret ${name} in ${file}`);
    return found;
  }

  const setState = (name: string, version: string, state: Kept['versions'][number]['state']) =>
    change((kept) => {
      const found = versionOf(kept, name, version);
      if (found.state === 'destroyed' && state !== 'destroyed') throw new Error(`${name} ${version} is destroyed`);
      found.state = state;
      if (state === 'destroyed') delete found.value;
    });

  return {
    async read(name) {
      const kept = await find(name);
      return valueIn(kept, name, String(kept.current));
    },
    readVersion: async (name, version) => valueIn(await find(name), name, version),
    addVersion(name, value) {
      if (!/^[\w-]{1,255}$/.test(name))
        throw new Error('a secret is named by letters, digits, "_" and "-", at most 255');
      if (/['\r\n]/.test(value)) throw new Error('on one machine a secret is one line without single quotes');
      return change((kept) => {
        adoptGiven(kept, name);
        const entry = (kept[name] ??= { current: 1, versions: [] });
        entry.versions.push({ state: 'enabled', value, createdAt: new Date() });
        return String(entry.versions.length);
      });
    },
    makeCurrent: (name, version) =>
      change((kept) => {
        if (versionOf(kept, name, version).state !== 'enabled') throw new Error(`${name} ${version} is not enabled`);
        (kept[name] as Kept).current = Number(version);
      }),
    enable: (name, version) => setState(name, version, 'enabled'),
    disable: (name, version) => setState(name, version, 'disabled'),
    destroy: (name, version) => setState(name, version, 'destroyed'),
    async list(name) {
      const all = await load();
      adoptGiven(all, name);
      const kept = all[name];
      return (kept?.versions ?? [])
        .map(({ state, createdAt }, at) => ({
          version: String(at + 1),
          state,
          createdAt,
          current: kept?.current === at + 1,
        }))
        .toReversed();
    },
    names: async () => Object.keys(await load()),
  };
}

/** A value that somebody wrote into the file by hand becomes the newest version, and current. */
function adopt(kept: Versions, name: string, value: string): void {
  const entry = (kept[name] ??= { current: 0, versions: [] });
  if (entry.versions[entry.current - 1]?.value === value) return;
  entry.versions.push({ state: 'enabled', value, createdAt: new Date() });
  entry.current = entry.versions.length;
}

function versionOf(kept: Versions, name: string, version: string): Kept['versions'][number] {
  const found = kept[name]?.versions[Number(version) - 1];
  if (!found) throw new Error(`there is no version ${version} of ${name}`);
  return found;
}

function valueIn(kept: Kept, name: string, version: string): SecretVersion {
  const { state, value } = versionOf({ [name]: kept }, name, version);
  if (state !== 'enabled' || value === undefined) throw new Error(`${name} ${version} is ${state}`);
  return { version, value };
}

/** The text of the file with what is current; comments and unknown lines stay. */
function withCurrent(text: string, kept: Versions): string {
  const values = new Map<string, string>();
  for (const [name, { current, versions }] of Object.entries(kept)) {
    const value = versions[current - 1]?.value;
    if (variable.test(name) && value !== undefined) values.set(name, `${name}='${value}'`);
  }
  const lines = text.split('\n').map((line) => {
    const name = /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1] ?? '';
    const wanted = values.get(name);
    values.delete(name);
    return wanted ?? line;
  });
  while (lines.at(-1) === '') lines.pop();
  return [...lines, ...values.values(), ''].join('\n');
}

const textOf = async (file: string) => (existsSync(file) ? readFile(file, 'utf8') : '');

async function replace(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  await writeFile(partial, text, { mode: 0o600 });
  await rename(partial, file);
}
