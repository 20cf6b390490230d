import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import { Command } from 'commander';
import { checkRotations, healthOf, type RotationHealth } from '../functions/src/domain/admin/check-rotations.ts';
import { asRotator } from '../functions/src/middleware/as-rotator.ts';
import { openSecrets } from '../functions/src/platform/secrets.ts';
import { connectSecrets } from './secrets/connect.ts';
import { deliver } from './secrets/deliver.ts';
import { firstSigningKey } from './secrets/first-signing-key.ts';

const program = new Command('npm run secrets --')
  .description('Secrets that are rotated by themselves: how they stand, and rotating one by hand (docs/secrets.md).')
  .showHelpAfterError('(--help tells more)')
  .hook('preAction', connectSecrets);

program
  .command('init')
  .description('the first key that signs access tokens; once for a project, and no harm in saying it again')
  .action(async () => {
    const { kid, isNew } = await firstSigningKey(await openSecrets());
    console.log(`OAUTH_SIGNING_KEY: ${kid} ${isNew ? 'was made and signs' : 'was there already and signs'}`);
  });

program
  .command('list')
  .description('every secret with its versions, never a value')
  .action(async () => {
    const secrets = await openSecrets();
    const names = await asRotator('script.secrets', async ({ all }) => (await all()).map(({ name }) => name));
    for (const name of new Set([...names, ...(await secrets.names())])) {
      const versions = await secrets.list(name);
      const told = versions.map(({ version, state, current }) => `${version} ${state}${current ? ' (current)' : ''}`);
      console.log(`${name}: ${told.join(', ') || 'none'}`);
    }
  });

program
  .command('status')
  .description('how far each rotation has come; ends with code 1 when one is overdue or stalled')
  .action(async () => {
    await asRotator('script.secrets', async ({ rotator, waits, all }) => {
      for (const secret of await all()) {
        const [rotation, since] = [await rotator.rotations.byName(secret.name), await secret.currentSince()];
        const seen = { rotation, since, now: rotator.now(), waits: waits[secret.kind] };
        tell(healthOf(secret, rotation ? 'waiting' : 'not_due', undefined, seen));
      }
    });
  });

program
  .command('rotate <name>')
  .description('begins the rotation of one secret, or takes it further')
  .option('--wait', 'goes on until the old version is disabled, and sleeps in between', false)
  .action(async (name: string, { wait }: { wait: boolean }) => {
    for (;;) {
      const health = await asRotator(
        'script.secrets',
        async ({ rotator, waits, find }) => {
          const secret = find(name);
          return secret && (await checkRotations(rotator, [secret], waits, 'now'))[0];
        },
        { actorKind: 'operator' },
      );
      if (!health) return fail(`${name} is not rotated by itself; npm run secrets -- list names those that are`);
      tell(health);
      if (health.outcome === 'failed' || health.outcome === 'no_secret')
        return fail(String(health.cause ?? health.outcome));
      if (!wait || health.next === 'destroy' || health.next === 'done') return;
      await sleep(10_000);
    }
  });

program
  .command('deliver <tenant>')
  .description('a new API key and OAuth client as secrets, which the tenant’s own systems read and which are rotated')
  .requiredOption('--name <name>', 'what they are for')
  .option('--scopes <scopes>', 'with commas; all that can be given when left out')
  .option('--days <days>', 'how long a version lives at most', '365')
  .action(async (tenant: string, options: { name: string; scopes?: string; days: string }) => {
    for (const name of await deliver(tenant, options)) console.log(`made ${name}; grant its readers secretAccessor`);
  });

function tell({ secret, kind, outcome, next, ageDays, isOverdue, isStalled }: RotationHealth): void {
  const marks = [isOverdue && 'OVERDUE', isStalled && 'STALLED'].filter(Boolean);
  const step = next && next !== 'done' ? `, next step: ${next}` : '';
  const age = ageDays === null ? '' : `, current for ${ageDays} days`;
  console.log(
    `${secret} (${kind}): ${outcome.replaceAll('_', ' ')}${step}${age}${marks.length > 0 ? ` ${marks.join(' ')}` : ''}`,
  );
  if (marks.length > 0) process.exitCode = 1;
}

function fail(line: string): void {
  console.error(line);
  process.exitCode = 1;
}

try {
  await program.parseAsync();
} catch (error) {
  fail(`headhunter: ${isNativeError(error) ? error.message : String(error)}`);
}
process.exit();
