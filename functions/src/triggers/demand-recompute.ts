import { onSchedule } from 'firebase-functions/scheduler';
import { operatorSecrets, redisSecrets } from '../config/function-secrets.ts';
import { region } from '../config.ts';
import { recountMarket } from '../domain/msgs/recount-market.ts';
import { dropAnswers } from '../middleware/answer-cache.ts';
import { asOperator } from '../middleware/as-operator.ts';
import { report } from '../middleware/report.ts';

const limitSeconds = 1_800;

/** Every night: counts the weeks of every tenant's postings anew, and drops the answers that were made of wrong ones. */
export const demandRecompute = onSchedule(
  {
    schedule: '30 3 * * *',
    timeZone: 'America/Sao_Paulo',
    region,
    memory: '512MiB',
    timeoutSeconds: limitSeconds,
    retryCount: 1,
    secrets: [...operatorSecrets, ...redisSecrets],
  },
  async () => {
    const until = Date.now() + (limitSeconds - 120) * 1_000;
    await asOperator(async ({ marketCounts }) => {
      for await (const { tenant, ...recount } of recountMarket(marketCounts, () => Date.now() > until)) {
        if (recount.mended > 0) await dropAnswers(tenant, ['postings.imported']);
        const isFine = recount.mended === 0 && recount.finished;
        report('market.recounted', isFine ? 'info' : 'warning', { tenant, ...recount });
      }
    });
  },
);
