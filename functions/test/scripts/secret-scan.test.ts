import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCredential } from '../../src/contract/credential.ts';

const root = path.resolve(__dirname, '../../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secret-scan-'));
  copyFileSync(path.join(root, '.secretlintrc.json'), path.join(folder, '.secretlintrc.json'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the scanner of `npm run verify` says of a file with this text. */
function scan(text: string): { status: number | null; said: string } {
  writeFileSync(path.join(folder, 'notes.md'), text);
  const scanner = path.join(root, 'node_modules/secretlint/bin/secretlint.js');
  const args = [scanner, '--no-color', '--no-glob', 'notes.md'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, said: stdout + stderr };
}

describe('the scanner for secrets', () => {
  it.each(['apiKey', 'clientSecret'] as const)('refuses a file with our %s, wherever it stands', (kind) => {
    const text = makeCredential(kind);
    const { status, said } = scan(`curl -H "x-api-key:${text}" https://api.example.com\n`);
    expect(status).toBe(1);
    expect(said).toContain('notes.md\n  1:19  error  [PATTERN] found matching');
    expect(said).not.toContain(text);
  });

  it('takes what only speaks of one', () => {
    expect(scan('A key begins with `hhk_`, a secret with `hhs_`, as in hhk_7Qx2...\n')).toEqual({
      status: 0,
      said: '',
    });
  });
});
