/**
 * `npm run gen`: writes every generated file and removes those that nothing generates any more.
 * `npm run gen -- --check` writes nothing, names each file that is stale, and ends with code 1 when there is one.
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generatedFiles, ownedFolders } from './lib/generated-files.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const root = path.resolve(import.meta.dirname, '..');
const files = await generatedFiles(root);

const read = (name: string) =>
  existsSync(path.join(root, name)) ? readFileSync(path.join(root, name), 'utf8') : undefined;
const stale = [...files].filter(([name, content]) => read(name) !== content);
const owned = ownedFolders
  .flatMap((folder) => globSync(`${folder}/**/*.*`, { cwd: root }))
  .map((name) => name.replaceAll('\\', '/'));
const orphans = owned.filter((name) => !files.has(name)).sort();

if (values.check) {
  for (const [name] of stale) process.stdout.write(`stale: ${name}\n`);
  for (const name of orphans) process.stdout.write(`no longer generated: ${name}\n`);
  if (stale.length + orphans.length > 0) {
    process.stdout.write('Run `npm run gen`.\n');
    process.exitCode = 1;
  }
} else {
  for (const [name, content] of stale) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
    process.stdout.write(`wrote ${name}\n`);
  }
  for (const name of orphans) {
    rmSync(path.join(root, name));
    process.stdout.write(`removed ${name}\n`);
  }
  if (stale.length + orphans.length === 0) process.stdout.write(`All ${files.size} generated files are fresh.\n`);
}
