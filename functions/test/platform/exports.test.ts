import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openExports } from '../../src/platform/exports.ts';

const text = '{"candidateId":"c-1","fullName":"Ação Exemplo"}\n'.repeat(1_000);

afterEach(() => {
  delete process.env['EXPORT_FOLDER'];
});

it('a bucket holds what was written, byte for byte and once; one that does not answer is export.unavailable', async () => {
  const program = path.join(import.meta.dirname, '../fixtures/export-to-bucket.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, text], { timeout: 60_000 });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
    place: 'gs://leaving-tenants',
    names: ['acme/2026/part.ndjson'],
    content: text,
    refused: 'export.unavailable',
  });
}, 70_000);

describe('a folder', () => {
  it('holds what was written, for its owner’s eyes only, and no half file', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'exports-'));
    process.env['EXPORT_FOLDER'] = folder;
    const exports = await openExports();
    await exports.write('acme/2026/manifest.json', 'an earlier attempt');
    await exports.write('acme/2026/manifest.json', text);
    expect(await readFile(path.join(folder, 'acme/2026/manifest.json'), 'utf8')).toBe(text);
    expect((await stat(path.join(folder, 'acme/2026/manifest.json'))).mode & 0o077).toBe(0);
    expect(await readdir(path.join(folder, 'acme/2026'))).toEqual(['manifest.json']);
    await rm(folder, { recursive: true });
  });

  it('that cannot be written is export.unavailable', async () => {
    process.env['EXPORT_FOLDER'] = '/dev/null/exports';
    await expect((await openExports()).write('x', text)).rejects.toMatchObject({ code: 'export.unavailable' });
  });
});
