import { onMessagePublished } from 'firebase-functions/pubsub';
import { rotatorSecrets } from '../config/function-secrets.ts';
import { region } from '../config.ts';
import { checkRotations } from '../domain/admin/check-rotations.ts';
import { asRotator } from '../middleware/as-rotator.ts';
import { report } from '../middleware/report.ts';
import { reportRotation } from '../middleware/report-rotation.ts';

/**
 * Secret Manager's messages about its secrets: SECRET_ROTATE, sent when a secret's `next_rotation_time` has come, begins a
 * rotation or takes it further. Other events are none of its business; a step that fails is tried again by the daily check.
 */
export const secretRotate = onMessagePublished(
  { topic: 'secret-rotate', region, memory: '256MiB', timeoutSeconds: 300, retry: false, secrets: rotatorSecrets },
  async ({ data: { message } }) => {
    const { eventType, secretId } = message.attributes as Readonly<Record<string, string | undefined>>;
    if (eventType !== 'SECRET_ROTATE') return;
    // `projects/<number>/secrets/<name>`; other versions of the service say the name alone.
    const name = secretId?.split('/').at(-1) ?? '';
    await asRotator('secretRotate', async ({ rotator, waits, find }) => {
      const secret = find(name);
      if (!secret) return report('secret.rotation_unknown', 'warning', { secret: name.slice(0, 255) });
      const [health] = await checkRotations(rotator, [secret], waits, 'asked');
      if (health) reportRotation(health);
    });
  },
);
