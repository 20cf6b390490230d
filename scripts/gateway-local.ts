import path from 'node:path';
import { localGatewayUrl } from './lib/gateway-place.ts';
import { readDocument } from './lib/local-gateway/document.ts';
import { startLocalGateway } from './lib/local-gateway.ts';
import { readOptions } from './lib/options.ts';

const root = path.resolve(import.meta.dirname, '..');
const defaults = {
  port: new URL(localGatewayUrl).port,
  config: path.join(root, 'api-gateway/gateway.yaml'),
  backend: 'http://127.0.0.1:8787',
};

const help = `Usage: npm run gateway:local [-- --port ${defaults.port}] [-- --config api-gateway/gateway.yaml] [-- --backend ${defaults.backend}]

Serves api-gateway/gateway.yaml on this machine as Google's API Gateway would, in front of the functions of "npm start":
routing, access token, API key, quota, deadline, and the headers as Google rewrites them. A refusal of its own is
{ "code", "message" }. Ctrl-C ends it.

  --port N       listens on 127.0.0.1:N; 0 takes any free port
  --config FILE  the document to enforce
  --backend URL  where the functions are

Not as at Google: of an API key only the shape is looked at (Google knows its own keys; here the function decides), quota is
counted by key and not by the key's project, and a token signed with a new key is accepted at once.`;

const option = (value: string) => ({ type: 'string', default: value }) as const;
const values = readOptions(help, {
  port: option(defaults.port),
  config: option(defaults.config),
  backend: option(defaults.backend),
});
const port = Number(values.port);
const backend = URL.parse(values.backend)?.origin;
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  fail(`--port takes a number from 0 to 65535, not "${values.port}"`);
if (!backend || !/^https?:/.test(backend))
  fail(`--backend takes a URL such as ${defaults.backend}, not "${values.backend}"`);

try {
  const gateway = await startLocalGateway({ document: readDocument(values.config), backend, port });
  console.log(`Gateway at ${gateway.url}, functions at ${backend}; Ctrl-C ends it`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void gateway.stop().then(() => process.exit(0)));
} catch (error) {
  fail((error as Error).message);
}

function fail(line: string): never {
  console.error(`headhunter: ${line}`);
  process.exit(1);
}
