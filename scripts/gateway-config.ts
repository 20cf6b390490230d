import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '../functions/src/endpoints/registry.ts';
import { gatewayOf } from '../functions/src/projections/gateway.ts';
import { probe } from './lib/gateway-place.ts';
import { yamlOf } from './lib/generated-files.ts';
import { openRoutes } from './lib/open-routes.ts';
import { readOptions } from './lib/options.ts';
import { probeBackends } from './lib/probe-backends.ts';

const help = `Usage: npm run gateway:config -- --project my-project --issuer https://api.example.com [--audience NAME] [--probe] [--out FILE]

Writes the document that "gcloud api-gateway api-configs create" takes, for a real project.

  --project   the project that holds the functions
  --issuer    the public URL of the gateway, which is the issuer of its access tokens: https, no path, no slash at its end
  --audience  what access tokens are made out for (OAUTH_AUDIENCE of the functions); the issuer when left out
  --probe     first asks every backend for /health, and writes nothing when one does not answer as our function
  --out       the file to write; printed when left out`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const values = readOptions(help, { project: text, issuer: text, audience: text, out: text, probe: flag });
const { project = '', issuer = '', audience = issuer, out } = values;
if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(project)) fail(`--project takes the id of a project, not "${project}"`);
if (!issuer.startsWith('https://') || URL.parse(issuer)?.origin !== issuer)
  fail(`--issuer takes a URL such as https://api.example.com, with no path and no slash at its end, not "${issuer}"`);

const root = path.resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const document = gatewayOf(registry, { version, place: { project, issuer, audience }, open: openRoutes, probe });
const silent = values.probe ? await probeBackends(document) : [];
if (silent.length > 0) fail(`the gateway would send calls where no function answers:\n  ${silent.join('\n  ')}`);
if (out === undefined) process.stdout.write(yamlOf(document));
else {
  writeFileSync(out, yamlOf(document));
  console.log(`wrote ${out}`);
}

function fail(line: string): never {
  console.error(`headhunter: ${line}\n(npm run gateway:config -- --help tells more)`);
  process.exit(1);
}
