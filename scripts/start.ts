import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { divertCallLog } from './lib/call-log.ts';
import { localGatewayUrl } from './lib/gateway-place.ts';
import { readOptions } from './lib/options.ts';
import { claimPidFile } from './lib/pid-file.ts';
import { serve } from './lib/serve.ts';
import { startStack } from './lib/stack.ts';
import { keepStackFile } from './lib/stack-file.ts';
import { checkBothDialects, question } from './start/ask.ts';
import { fillReference } from './start/fill-reference.ts';
import { printAnswer, printGuide } from './start/screen.ts';
import { seedDemo } from './start/seed.ts';
import { seedMarket } from './start/seed-market.ts';
import { keepTokens } from './start/tokens.ts';

const help = `Usage: npm start [-- --check] [-- --port 8787]

Brings up Postgres, Firestore, Auth, Tasks and every function on this machine, seeds the demo, asks one real question and
prints the answer with ways to ask your own. State is kept in .local/ (npm run reset clears it). Ctrl-C ends it.

  --check   does all that, asserts the answer through REST and the callable protocol, and exits 0 or says what failed
  --port N  listens on 127.0.0.1:N instead of 8787; 0 takes any free port`;

const values = readOptions(help, {
  check: { type: 'boolean', default: false },
  port: { type: 'string', default: '8787' },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  fail(`--port takes a number from 0 to 65535, not "${values.port}"`);

const started = performance.now();
const say = (line: string) =>
  console.log(`${((performance.now() - started) / 1_000).toFixed(1).padStart(5)} s  ${line}`);
const stateDir = fileURLToPath(new URL('../.local', import.meta.url));
mkdirSync(stateDir, { recursive: true });
const release = claimPidFile(path.join(stateDir, 'start.pid'));

const endings: (() => Promise<void> | void)[] = [release];
let ending: Promise<void> | undefined;
const end = () => {
  ending ??= (async () => {
    for (const step of endings.toReversed()) await step();
  })();
  return ending;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('saving and stopping');
    void end().then(() => process.exit(0));
  });
}

try {
  endings.push(divertCallLog(path.join(stateDir, 'functions.log')));
  const stack = await startStack({ stateDir, say });
  endings.push(() => stack.stop());
  // Tokens are the local gateway's, so that they are good there too.
  const issuer = localGatewayUrl;
  Object.assign(process.env, stack.env, { OAUTH_ISSUER: issuer });
  endings.push(keepStackFile(stack, issuer));
  // A check must not fail because somebody else has the port.
  const served = await serve(stack, { port: values.check ? 0 : port });
  endings.push(() => served.stop());
  say(`Functions: ${served.host.names.length} at ${served.host.url}`);
  const tokens = await seedDemo(served, say);
  await seedMarket(served.host.url, tokens, say);
  await stack.firestore.save();
  const answer = await checkBothDialects(served.host.url, tokens);
  say('answered the same through REST and the callable protocol');
  printAnswer(question, answer);
  if (values.check) {
    await end();
    console.log('\ncheck passed');
    process.exit(0);
  }
  endings.push(keepTokens(path.join(stateDir, 'tokens'), tokens, stack.auth));
  printGuide(served.host.url, stack.auth.host);
  fillReference(say);
} catch (error) {
  const { message, stack } = error as Error;
  await end();
  fail(
    process.env['DEBUG']
      ? (stack ?? message)
      : `${message}\n(DEBUG=1 npm start shows where; .local/functions.log has the log of the functions)`,
  );
}

function fail(line: string): never {
  console.error(`headhunter: ${line}`);
  process.exit(1);
}
