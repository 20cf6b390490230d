import { onSchedule } from 'firebase-functions/scheduler';
import { region } from '../config.ts';
import { report } from '../middleware/report.ts';
import { resendOverdueJobs } from '../middleware/resend-jobs.ts';

/** Every five minutes: enrichment jobs that nobody came for, or whose worker was lost, are sent for again. */
export const jobSweep = onSchedule(
  { schedule: '*/5 * * * *', region, memory: '256MiB', timeoutSeconds: 240, maxInstances: 1 },
  async () => {
    const swept = await resendOverdueJobs(new Date());
    if (swept.overdue > 0) report('jobs.resent', swept.sent < swept.overdue ? 'warning' : 'info', swept);
  },
);
