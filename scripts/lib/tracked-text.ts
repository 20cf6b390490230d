import { spawnSync } from 'node:child_process';

const binary = /\.(bin|br|gz|docx|pdf|png|ico|woff2)$/;

/** The text files that git knows or would take, by their path from `root`. @throws Error where there is no git */
export function trackedText(root: string): string[] {
  const { status, stdout, stderr } = spawnSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', '-z', '--deduplicate'],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: 30_000,
      maxBuffer: 1 << 26,
    },
  );
  if (status !== 0) throw new Error(`git ls-files: ${stderr}`);
  return stdout.split('\0').filter((file) => file !== '' && !binary.test(file) && file !== 'package-lock.json');
}
