/**
 * `npm run verify [-- <name>...]`: every check of the sources that needs no running service, two at a time; one line for
 * each with its seconds, and in full what a failed one said. Ends with code 1 when one fails.
 */
import path from 'node:path';
import { type Check, runChecks } from './lib/run-checks.ts';
import { trackedText } from './lib/tracked-text.ts';

const root = path.resolve(import.meta.dirname, '..');
const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
const of = (file: string) => `node_modules/${file}`;

// The longest first, so that the others run beside it.
const checks: readonly Check[] = [
  {
    name: 'types',
    args: [
      of('typescript-native/bin/tsc'),
      '-p',
      '.',
      '--incremental',
      '--tsBuildInfoFile',
      '.local/verify/types.tsbuildinfo',
    ],
  },
  {
    name: 'arrows',
    args: [of('dependency-cruiser/bin/dependency-cruiser.mjs'), 'functions/src', '--config', '.dependency-cruiser.mjs'],
  },
  { name: 'dead-code', args: [of('knip/bin/knip.js'), '--include', 'files,exports,types', '--no-progress'] },
  { name: 'format-and-lint', args: [of('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '--max-diagnostics=50'] },
  { name: 'generated', args: ['scripts/gen.ts', '--check'] },
  {
    name: 'openapi',
    args: [of('@redocly/cli/bin/cli.js'), 'lint', '--config', 'api-gateway/redocly.yaml'],
    env: quiet,
  },
  { name: 'secrets', args: [of('secretlint/bin/secretlint.js'), '--no-color', '--no-glob', ...trackedText(root)] },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no check ${unknown.join(', ')}; there are ${checks.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  const chosen = asked.length === 0 ? checks : checks.filter(({ name }) => asked.includes(name));
  process.exitCode = (await runChecks(chosen, { root, atOnce: 2, timeoutMs: 180_000 })) ? 0 : 1;
}
