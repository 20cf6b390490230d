import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readPostingFile } from '../../../scripts/postings-import/read-file.ts';
import { importFile, type Progress } from '../../../scripts/postings-import/run.ts';
import { TenantId } from '../../src/contract/ids.ts';
import { openTools } from '../../src/middleware/tools.ts';
import { closePostgres } from '../../src/platform/runtime-database.ts';
import { byTests } from '../attribution.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headhunter-postings-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await closePostgres();
});

const fileOf = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const read = async (file: string, mapping: Record<string, string> = {}) => {
  const rows = [];
  for await (const row of readPostingFile({ file, mapping, onColumns: () => {} })) rows.push(row);
  return rows;
};

describe('a file of postings', () => {
  it('as CSV gives its rows with their lines; broken ones in their places, with what is wrong', async () => {
    const file = fileOf(
      'a.csv',
      'data;titulo;uf\n2026-01-05;"Dev\nJava";SP\n2026-01-06;Dev\n2026-01-07;a "b" c;SP\n2026-01-08;Dev;PE\n',
    );
    expect(await read(file)).toEqual([
      { row: 2, given: { postedAt: '2026-01-05', title: 'Dev\nJava', region: 'SP' } },
      { row: 4, given: { postedAt: '2026-01-06', title: 'Dev' }, fault: expect.stringMatching(/^has 2 columns/) },
      { row: 5, given: undefined, fault: expect.stringMatching(/quote/) },
      { row: 6, given: { postedAt: '2026-01-08', title: 'Dev', region: 'PE' } },
    ]);
  });

  it('may be gzipped, parted by tabs, or JSON Lines, with columns named by the caller', async () => {
    const row = { postedAt: '2026-01-05', title: 'Dev', skills: ['Java', 'SQL'] };
    const tsv = fileOf('a.tsv.gz', gzipSync('seen\ttitle\tskills\n05/01/2026\tDev\tJava, SQL\n'));
    expect(await read(tsv, { seen: 'postedAt' })).toEqual([{ row: 2, given: row }]);
    const json = fileOf(
      'a.jsonl',
      `${JSON.stringify({ data: '2026-01-05', cargo: 'Dev', skills: ['Java', 'SQL'] })}\n\n{"x\n`,
    );
    expect(await read(json)).toEqual([
      { row: 1, given: row },
      { row: 3, given: undefined, fault: 'is no JSON object; each line has to be one' },
    ]);
  });

  it('that is none, or is damaged, ends with the reason', async () => {
    await expect(read(fileOf('a.xlsx', ''))).rejects.toThrow('.csv, .tsv, .jsonl');
    await expect(read(fileOf('b.csv', 'a,b\n1,2\n'))).rejects.toMatchObject({ details: [{ path: 'mapping' }] });
    await expect(read(fileOf('b.csv.gz', 'data;titulo\n'))).rejects.toThrow(/header/);
    await expect(read(path.join(folder, 'none.jsonl'))).rejects.toThrow(/ENOENT/);
  });
});

it('a large file of which 3 % is broken is loaded in batches, told in full, and known the second time', async () => {
  const total = 4_000;
  const lines = Array.from({ length: total }, (_, i) =>
    i % 100 < 3 ? `2026-01-05;Java;${['Nárnia;1', 'SP', 'SP;-1'][i % 100]};x${i}` : `2026-01-05;Java, SQL;SP;1;x${i}`,
  );
  const file = fileOf('large.csv', `data;habilidades;uf;vagas;id\n${lines.join('\n')}\n`);
  const tenant = TenantId.parse(`file-${path.basename(folder).slice(-6)}`);
  const tools = await openTools(['postings', 'lexicon'], { tenant, scopes: new Set() }, byTests);
  const report = path.join(folder, 'report.jsonl');
  const progress: Progress[] = [];
  const load = (fromRow: number) =>
    importFile(
      { ...tools, now: new Date() },
      {
        rows: readPostingFile({ file, mapping: {}, onColumns: () => {} }),
        defaults: { source: 'file' },
        batch: 1_500,
        fromRow,
        report,
        onBatch: (one) => progress.push({ ...one }),
      },
    );
  const outcome = await load(1);
  expect(outcome).toMatchObject({ lastRow: total + 1, created: 3_880, unchanged: 0, rejected: 120 });
  expect(progress.map(({ lastRow }) => lastRow)).toEqual([1_501, 3_001, 4_001]);
  expect(outcome.examples).toHaveLength(20);
  expect(outcome.faults.get('count must not be negative')).toBe(40);
  const told = readFileSync(report, 'utf8').trim().split('\n');
  expect([told.length, JSON.parse(told[0] ?? '')]).toEqual([
    120,
    { row: 2, details: [expect.objectContaining({ path: 'region' })] },
  ]);
  expect(await load(3_002)).toMatchObject({ created: 0, unchanged: 970, rejected: 30 });
});
