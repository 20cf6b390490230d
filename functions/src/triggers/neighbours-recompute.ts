import { onSchedule } from 'firebase-functions/scheduler';
import { operatorSecrets, redisSecrets } from '../config/function-secrets.ts';
import { region } from '../config.ts';
import { recountNeighbours } from '../domain/msgs/recount-neighbours.ts';
import { dropAnswers } from '../middleware/answer-cache.ts';
import { asOperator } from '../middleware/as-operator.ts';
import { report } from '../middleware/report.ts';

const limitSeconds = 840;

/**
 * Every quarter of an hour: counts the neighbourhoods of skills anew for tenants whose advertisements, or the reference's, have
 * changed, and drops the answers that were made with the old ones. Where nothing changed it asks one question and ends.
 */
export const neighboursRecompute = onSchedule(
  {
    schedule: '*/15 * * * *',
    region,
    memory: '1GiB',
    timeoutSeconds: limitSeconds,
    maxInstances: 1,
    secrets: [...operatorSecrets, ...redisSecrets],
  },
  async () => {
    const until = Date.now() + (limitSeconds - 60) * 1_000;
    await asOperator(async ({ neighbourCounts }) => {
      for await (const { tenant, ...recount } of recountNeighbours(
        neighbourCounts,
        () => Date.now() > until,
        new Date(),
      )) {
        if (recount.left === null) await dropAnswers(tenant, ['neighbours.recounted']);
        report('neighbours.recounted', recount.left === null ? 'info' : 'warning', { tenant, ...recount });
      }
    });
  },
);
