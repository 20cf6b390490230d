import { onSchedule } from 'firebase-functions/scheduler';
import { rotatorSecrets } from '../config/function-secrets.ts';
import { region } from '../config.ts';
import { checkRotations } from '../domain/admin/check-rotations.ts';
import { asRotator } from '../middleware/as-rotator.ts';
import { report } from '../middleware/report.ts';
import { reportRotation } from '../middleware/report-rotation.ts';

/** Every day: takes each rotation as far as it can go, begins those that are due, and measures what is overdue or stalled. */
export const secretRotationCheck = onSchedule(
  {
    schedule: '0 4 * * *',
    timeZone: 'America/Sao_Paulo',
    region,
    memory: '256MiB',
    timeoutSeconds: 540,
    retryCount: 1,
    secrets: rotatorSecrets,
  },
  () =>
    asRotator('secretRotationCheck', async ({ rotator, waits, all, aged, measure }) => {
      const healths = await checkRotations(rotator, await all(), waits);
      const moving = healths.filter(({ outcome, isOverdue }) => outcome !== 'not_due' || isOverdue);
      for (const health of moving) reportRotation(health);
      const names = (wanted: (typeof healths)[number][]) => wanted.map(({ secret }) => secret);
      const overdue = healths.filter(({ isOverdue }) => isOverdue);
      const stalled = healths.filter(({ isStalled }) => isStalled);
      measure('secrets/rotation_overdue', overdue.length);
      measure('secrets/rotation_stalled', stalled.length);
      const old = await aged();
      report('secret-rotation-check.done', overdue.length + stalled.length > 0 ? 'warning' : 'info', {
        secrets: healths.length,
        moving: names(moving),
        overdue: names(overdue),
        stalled: names(stalled),
        // Shown once to a person: only that person can put another in their place.
        agedCredentials: old.length,
        oldest: old.slice(0, 20),
      });
    }),
);
