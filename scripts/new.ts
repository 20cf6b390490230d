/** `npm run new -- service.verb`: a new endpoint that works; what it does is then yours to change. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { enlist, exportService } from './new/enlist.ts';
import { draftOf } from './new/files.ts';
import { type Plan, planOf, Refusal, scopes } from './new/plan.ts';

const root = path.resolve(import.meta.dirname, '..');
const functions = path.join(root, 'functions');

const help = `npm run new -- service.verb [--method POST] [--route /v1/service/verb] [--scope noun:read]

Writes an endpoint, its domain function and its test, and enlists it; from then on it is a callable, a REST route, an
operation of the OpenAPI document, a call of the web client and a subject of the common tests.

  service.verb   lower-case letters; the verb may have dashes: fairness.report, admin.api-keys
  --method       GET, POST or DELETE; POST when left out
  --route        /v1/..., parameters as {candidateId}; /v1/service/verb when left out
  --scope        what a caller must be allowed; service:read (GET) or service:write when there is such a scope
                 (${scopes.join(', ')})

Example: npm run new -- search.similar --method GET --route /v1/candidates/{candidateId}/similar --scope search:read
`;

function main(): void {
  const option = { type: 'string' } as const;
  const options = { method: option, route: option, scope: option, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return void process.stdout.write(help);
  if (positionals.length !== 1) throw new Refusal('give one name, service.verb; --help tells more');
  const plan = planOf({
    id: positionals[0],
    method: values.method ?? 'POST',
    route: values.route,
    scope: values.scope,
  });
  const written = write(plan);
  runNode('the formatter', ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...written]);
  runNode('npm run gen', ['scripts/gen.ts']);
  process.stdout.write(`\nWritten:\n${written.map((file) => `  ${file}\n`).join('')}${nextSteps(plan)}`);
}

function write(plan: Plan): string[] {
  const drafts = Object.entries(draftOf(plan));
  const existing = drafts.find(([file]) => existsSync(path.join(functions, file)));
  if (existing) throw new Refusal(`functions/${existing[0]} exists already`);
  const change = (file: string, by: (source: string) => string): [string, string] => [
    file,
    by(readFileSync(path.join(functions, file), 'utf8')),
  ];
  const files = [
    ...drafts,
    change('src/endpoints/registry.ts', (source) => enlist(source, plan)),
    ...(plan.isNewService ? [change('src/index.ts', (source) => exportService(source, plan.service))] : []),
  ];
  for (const [file, content] of files) {
    mkdirSync(path.dirname(path.join(functions, file)), { recursive: true });
    writeFileSync(path.join(functions, file), content);
  }
  return files.map(([file]) => `functions/${file}`);
}

function runNode(what: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`the files are written, but ${what} failed:\n${stdout}${stderr}`);
}

const nextSteps = ({ service, verb }: Plan) => `
Next:
  1. Say the promise in functions/src/endpoints/${service}/${verb}.ts: summary, input, output, errors, example.
  2. Keep it in functions/src/domain/${service}/${verb}.ts; name the tools it needs in \`needs\`, and they are in \`ctx\`.
  3. npm test -- ${service}/${verb}
  4. npm run gen && npm run verify
`;

try {
  main();
} catch (error) {
  process.stderr.write(`new: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Refusal ? 2 : 1;
}
