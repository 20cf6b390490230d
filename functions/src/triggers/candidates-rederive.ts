import { onSchedule } from 'firebase-functions/scheduler';
import { databaseSecrets, redisSecrets } from '../config/function-secrets.ts';
import { region } from '../config.ts';
import { rederiveCandidates } from '../domain/candidates/rederive.ts';
import { dropAnswers } from '../middleware/answer-cache.ts';
import { asEachTenant } from '../middleware/as-each-tenant.ts';
import { report } from '../middleware/report.ts';

const limitSeconds = 1_800;

/**
 * Every night: people whom an older derivation, lexicon or model read are read anew, a tenant after the other, and the answers that
 * were made of what was read before are dropped. Where everybody is up to date it asks two
 * short questions a tenant.
 */
export const candidatesRederive = onSchedule(
  {
    schedule: '0 2 * * *',
    timeZone: 'America/Sao_Paulo',
    region,
    memory: '512MiB',
    timeoutSeconds: limitSeconds,
    maxInstances: 1,
    retryCount: 1,
    secrets: [...databaseSecrets, ...redisSecrets],
  },
  async () => {
    const until = Date.now() + (limitSeconds - 120) * 1_000;
    const isTimeUp = () => Date.now() > until;
    const signal = AbortSignal.timeout((limitSeconds - 60) * 1_000);
    let [tenants, done, behind] = [0, 0, 0];
    for await (const { tenant, tools } of asEachTenant('candidatesRederive', [
      'candidates',
      'derivations',
      'embedder',
      'lexicon',
    ])) {
      const { remaining, ...told } = await rederiveCandidates({ ...tools, now: new Date(), signal }, isTimeUp);
      tenants += 1;
      done += told.done;
      if (remaining !== 0) behind += 1;
      if (told.done > 0) await dropAnswers(tenant, ['candidate.changed']);
      if (told.done > 0 || remaining !== 0)
        report('candidates.rederived', remaining === 0 ? 'info' : 'warning', { tenant, ...told, remaining });
    }
    report('candidates-rederive.done', behind > 0 ? 'warning' : 'info', { tenants, done, behind });
  },
);
