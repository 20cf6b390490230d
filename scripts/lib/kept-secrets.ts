import { existsSync } from 'node:fs';
import { openLocalSecrets } from '../../functions/src/platform/local-secrets.ts';

/**
 * What `file` says of these secrets by now, since they may have been rotated since the last start; the given value where it
 * says nothing. The database keeps its logins and passwords, and answers elsewhere after every start.
 */
export async function keptSecrets(
  file: string,
  given: { readonly DATABASE_URL: string; readonly OAUTH_SIGNING_KEY: string },
): Promise<typeof given> {
  if (!existsSync(file)) return given;
  const secrets = openLocalSecrets(file, () => undefined);
  const currentOf = (name: string) => secrets.read(name).then(({ value }) => value);
  const names = new Set(await secrets.names());
  const kept = { ...given };
  if (names.has('OAUTH_SIGNING_KEY')) kept.OAUTH_SIGNING_KEY = await currentOf('OAUTH_SIGNING_KEY');
  if (names.has('DATABASE_URL')) {
    const before = await currentOf('DATABASE_URL');
    const url = new URL(before);
    url.host = new URL(given.DATABASE_URL).host;
    kept.DATABASE_URL = url.href;
    if (url.href !== before)
      await secrets.makeCurrent('DATABASE_URL', await secrets.addVersion('DATABASE_URL', url.href));
  }
  return kept;
}
