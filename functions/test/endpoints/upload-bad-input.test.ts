import { documentLimits } from '../../src/contract/document.ts';
import { buildPdf } from '../fixtures/build-pdf.ts';
import { buildZip, wordParts } from '../fixtures/build-zip.ts';
import { openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let ana: Person;
let tenant: string;
let rows: TenantRows;

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  tenant = await world.tenant('bad-files');
  ana = await world.person(tenant);
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

describe('candidates.upload', () => {
  const upload = (bytes: Uint8Array | string, fileName: string) =>
    ana.rest('POST', '/v1/candidates/upload', {
      fileName,
      contentBase64: typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('base64'),
    });
  const pdf = buildPdf({ pages: [[{ x: 50, y: 700, text: 'Ana Exemplo' }]] });
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const bomb = { name: 'word/media/image1.bin', data: Buffer.alloc(60 * 1_048_576) };

  it.each([
    [
      'an encrypted PDF',
      'document.encrypted',
      buildPdf({ pages: [[{ x: 50, y: 700, text: 'segredo' }]], password: 'abc' }),
      'cv.pdf',
    ],
    ['a truncated PDF', 'document.unreadable', pdf.subarray(0, Math.floor(pdf.length / 2)), 'cv.pdf'],
    ['a zip bomb named DOCX', 'document.too_large', buildZip([...wordParts('olá'), bomb]), 'cv.docx'],
    ['a PNG named PDF', 'document.unsupported', png, 'cv.pdf'],
    ['another zip named DOCX', 'document.unsupported', buildZip([{ name: 'a.txt', data: 'a' }]), 'cv.docx'],
    ['a text of nothing', 'document.empty', Buffer.from(' \n\t\n'), 'cv.txt'],
  ] as const)('refuses %s with %s, and writes nothing', async (_, code, bytes, fileName) => {
    const before = await rows.countsOf(tenant);
    const { status, body } = await upload(bytes, fileName);
    expect([status, body.code]).toEqual([400, code]);
    expect(body.details[0]).toEqual({ path: expect.stringMatching(/content/), message: expect.any(String) });
    expect(await rows.countsOf(tenant)).toEqual(before);
  });

  it('refuses a file of 10 MB and one byte, and takes no notice of its name', async () => {
    const before = await rows.countsOf(tenant);
    const { status, body } = await upload(Buffer.alloc(documentLimits.fileBytes + 1, 'a'), 'cv.txt');
    expect([status, body.code]).toEqual([400, 'document.too_large']);
    expect(await rows.countsOf(tenant)).toEqual(before);
  });

  it.each(['YWJj*', 'YWJ', 'YW Jj', 'YWJj\n', 'YW-_', '===='])('refuses %j, which is not base64', async (content) => {
    const { status, body } = await upload(content, 'cv.txt');
    expect([status, body.code, body.details[0].path]).toEqual([400, 'input.invalid', 'contentBase64']);
  });

  it('keeps a text with more distinct words than a vector may hold', async () => {
    const text = `Ana Exemplo\n${Array.from({ length: 20_000 }, (_, i) => `palavra${i.toString(36)}`).join(' ')}`;
    const { status, body } = await upload(Buffer.from(text), 'cv.txt');
    expect({ status, code: body.code }).toEqual({ status: 200, code: undefined });
  });
});
