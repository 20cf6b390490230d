import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

/** What the arrows of `.dependency-cruiser.mjs` say of `functions/src` below `folder`. */
function violationsIn(folder: string): string[] {
  const args = [cruiser, 'functions/src', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 26,
  });
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[]; totalCruised: number } };
  expect(summary.totalCruised).toBeGreaterThan(0);
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from.replace('functions/src/', '')}`).sort();
}

/** A house in which every rule is broken once, beside imports that are allowed. */
const brokenHouse = {
  'index.ts': "import './middleware/walk.ts';\nimport './endpoints/pool/get.ts';",
  'context.ts': "import type { pool } from './stores/pool.ts';\nexport type Pool = typeof pool;",
  'contract/ids.ts': "import { strange } from '../domain/pool/strange.ts';\nexport const id = strange;",
  'domain/pool/typed.ts': "import type { pool } from '../../stores/pool.ts';\nexport type Pool = typeof pool;",
  'domain/pool/strange.ts': "import { pool } from '../../stores/pool.ts';\nexport const strange = pool;",
  'domain/pool/one.ts': "import { two } from './two.ts';\nexport const one = () => two;",
  'domain/pool/two.ts': "import { one } from './one.ts';\nexport const two = () => one;",
  'endpoints/pool/get.ts': "import { typed } from '../../platform/open.ts';\nexport const get = typed;",
  'platform/open.ts': "import { Pool } from 'pg';\nexport const typed = Pool;",
  'stores/pool.ts':
    "import { Pool } from 'pg';\nimport { readConfig } from '../config.ts';\nexport const pool = [Pool, readConfig];",
  'config.ts': 'export const readConfig = () => 1;',
  'middleware/walk.ts': "export const walk = () => import('../endpoints/pool/get.ts');",
  'utils/thing.ts': 'export const thing = 1;',
};

describe('architecture', () => {
  it('every import in functions/src follows the arrows', () => {
    expect(violationsIn(root)).toEqual([]);
  }, 60_000);

  it('finds each stranger in a house where every rule is broken, and lets types pass', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'headhunter-arrows-'));
    try {
      for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json'])
        copyFileSync(path.join(root, name), path.join(folder, name));
      symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
      for (const [name, source] of Object.entries(brokenHouse)) {
        const file = path.join(folder, 'functions/src', name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, `${source}\n`);
      }
      expect(violationsIn(folder)).toEqual([
        'contract-imports: contract/ids.ts',
        'domain-imports: domain/pool/strange.ts',
        'endpoints-imports: endpoints/pool/get.ts',
        'index-imports: index.ts',
        'middleware-imports: middleware/walk.ts',
        'no-cycles: domain/pool/one.ts',
        'no-stranger-file: utils/thing.ts',
        'stores-imports: stores/pool.ts',
        'vendors-in-platform: stores/pool.ts',
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);

  const files = globSync(['functions/src/**/*.ts', 'functions/test/**/*.ts', 'scripts/**/*.ts'], { cwd: root });

  it('names every file and folder in kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?(\.ts)?$/;
    expect(files.filter((file) => !file.split(path.sep).every((part) => kebab.test(part)))).toEqual([]);
  });

  it('has no folder or file whose name holds no order', () => {
    const nameless = /(^|\/)(utils?|helpers?|common|shared|misc|services|managers?)(\/|\.ts$)/;
    expect(files.filter((file) => nameless.test(file))).toEqual([]);
  });

  it('reaches the network from platform/ alone, and the web client from where it runs', () => {
    const reaching = /(?<![.\w])fetch\(|from 'node:(https?|net|tls|dgram|http2)'|new WebSocket/;
    const reaches = (file: string) => reaching.test(readFileSync(path.join(root, file), 'utf8'));
    expect(reaches('functions/test/harness.ts')).toBe(true);
    const strangers = /^functions\/src\/(?!platform\/|projections\/web-client\/)/;
    expect(files.filter((file) => strangers.test(file) && reaches(file))).toEqual([]);
  });

  it('keeps every file of functions/src within 250 lines', () => {
    const lines = (file: string) => readFileSync(path.join(root, file), 'utf8').split('\n').length - 1;
    expect(files.filter((file) => file.startsWith('functions/src') && lines(file) > 250)).toEqual([]);
  });
});
