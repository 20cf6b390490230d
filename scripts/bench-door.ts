import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { benchDoor } from './bench-door/run.ts';
import { readOptions } from './lib/options.ts';
import { bold, table } from './lib/terminal.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run bench:door [-- --rounds 3] [--seconds 10] [--connections 16] [--calls 2000] [--json FILE]

What the door costs: a cached search.hybrid by an integrator (access token and API key, rate limits, log line and all) beside a
bare express handler that parses the same body and answers the same bytes, both in one process, the load in another.
Prints throughput and p95 of both in alternating rounds, and what the door adds at p95 when nothing else is going on.
With REDIS_URL set, limits and cache go through that Redis.`;

const values = readOptions(help, {
  rounds: { type: 'string', default: '3' },
  seconds: { type: 'string', default: '10' },
  connections: { type: 'string', default: '16' },
  calls: { type: 'string', default: '2000' },
  json: { type: 'string' },
});
const asked = {
  rounds: wholeNumber('--rounds', values.rounds, 1, 20),
  roundSeconds: wholeNumber('--seconds', values.seconds, 1, 120),
  connections: wholeNumber('--connections', values.connections, 1, 256),
  idleCalls: wholeNumber('--calls', values.calls, 100, 100_000),
};

const figures = await benchDoor(asked, (line) => console.error(line));
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const command = `npm run bench:door -- --rounds ${asked.rounds} --seconds ${asked.roundSeconds} --connections ${asked.connections} --calls ${asked.idleCalls}`;

console.log(bold(`\nA cached search.hybrid of ${figures.answerBytes} bytes; cache and limits in ${figures.cache}`));
console.log(`${command}, commit ${commit}\n`);
console.log(
  table(
    ['round', 'bare calls/s', 'door calls/s', 'ratio', 'bare p95 ms', 'door p95 ms'],
    figures.rounds.map(({ bare, door }, i) => [
      i + 1,
      bare.requestsPerSecond,
      door.requestsPerSecond,
      (door.requestsPerSecond / bare.requestsPerSecond).toFixed(3),
      bare.p95Ms,
      door.p95Ms,
    ]),
  ),
);
const { idle } = figures;
console.log(`\nthroughput: ${figures.throughputRatio} of the bare handler's (median of the rounds; aim at least 0.5)`);
console.log(
  `idle, ${idle.calls} calls of each in turn: p95 ${idle.bareP95Ms} ms bare, ${idle.doorP95Ms} ms through the door,`,
);
console.log(`  ${idle.addedP95Ms} ms added (aim at most 2)`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ command, commit, ...figures }, null, 2)}\n`);
process.exit(0);
