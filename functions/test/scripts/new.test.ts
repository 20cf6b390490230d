import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planOf } from '../../../scripts/new/plan.ts';

const root = path.resolve(__dirname, '../../..');
const copied = [
  'package.json',
  'tsconfig.json',
  'biome.json',
  '.gitignore',
  '.dependency-cruiser.mjs',
  'scripts',
  'functions/src',
  'functions/package.json',
  '.firebaserc',
];
const jestConfig = JSON.stringify({
  testMatch: ['<rootDir>/functions/test/endpoints/**/*.test.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
});

let house: string;

beforeAll(() => {
  house = mkdtempSync(path.join(tmpdir(), 'headhunter-new-'));
  for (const name of copied) cpSync(path.join(root, name), path.join(house, name), { recursive: true });
  for (const name of ['node_modules', 'functions/node_modules']) {
    if (existsSync(path.join(root, name))) symlinkSync(path.join(root, name), path.join(house, name));
  }
  const functionsOnly = { extends: './tsconfig.json', include: ['functions/src', 'functions/test'] };
  writeFileSync(path.join(house, 'tsconfig.functions.json'), JSON.stringify(functionsOnly));
  spawnSync('git', ['init', '-q', '.'], { cwd: house });
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: house,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, said: stdout + stderr };
}
const make = (...args: string[]) => run('scripts/new.ts', ...args);
const read = (file: string) => readFileSync(path.join(house, file), 'utf8');

describe('npm run new', () => {
  it.each([
    [{ id: 'Search.hybrid' }, 'is no name for an endpoint'],
    [{ id: 'search' }, 'is no name for an endpoint'],
    [{ id: undefined }, 'is no name for an endpoint'],
    [{ id: 'search.hybrid' }, 'search.hybrid exists already'],
    [{ id: 'delete.all' }, 'is a word of the language'],
    [{ id: 'search.again', method: 'PATCH' }, 'is no method here'],
    [{ id: 'search.again', route: '/search' }, 'is no route'],
    [{ id: 'search.again', route: '/v1/{text}' }, 'name the parameter otherwise'],
    [{ id: 'search.again', route: '/v1/search/hybrid' }, 'is the route of search.hybrid'],
    [{ id: 'search.again', scope: 'search:own' }, 'there is no scope search:own: choose one'],
  ])('refuses %j', (wish, why) => {
    expect(() => planOf({ method: 'POST', route: undefined, scope: 'search:read', ...wish })).toThrow(why);
  });

  it('says why it refuses, with code 2, and writes nothing', () => {
    const before = read('functions/src/endpoints/registry.ts');
    expect(make('search.hybrid')).toEqual({ status: 2, said: 'new: search.hybrid exists already\n' });
    expect(read('functions/src/endpoints/registry.ts')).toBe(before);
  });

  it('teaches itself with --help', () => {
    expect(make('--help')).toEqual({ status: 0, said: expect.stringContaining('npm run new -- service.verb') });
  });

  it('writes endpoints that are enlisted, formatted, type-checked, generated, in order and tested, without further edits', () => {
    const route = '/v1/parity/{candidateId}/all';
    expect(make('parity.report-all', '--method', 'GET', '--route', route, '--scope', 'search:read')).toMatchObject({
      status: 0,
    });
    expect(make('embed.delete', '--scope', 'embeddings:write')).toMatchObject({ status: 0 });
    expect(read('functions/src/index.ts')).toContain('export const parity = service(registry.parity);');
    expect(read('clients/web/index.js')).toContain(
      `"path":"${route}","name":"parity-report-all","params":["candidateId"]`,
    );

    const made = [
      'src/endpoints/parity',
      'src/endpoints/embed/delete.ts',
      'src/endpoints/registry.ts',
      'src/domain/parity',
      'src/index.ts',
      'test',
    ];
    const checks = [
      ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.functions.json'],
      ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', ...made.map((file) => `functions/${file}`)],
      [
        'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
        'functions/src',
        '--config',
        '.dependency-cruiser.mjs',
      ],
      ['scripts/gen.ts', '--check'],
      ['node_modules/jest/bin/jest.js', '--rootDir', '.', '--config', jestConfig],
    ];
    for (const args of checks) {
      const { status, said } = run(...args);
      expect([status, status === 0 ? '' : said]).toEqual([0, '']);
    }
  }, 180_000);
});
