import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { Document, Footer, Header, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { documentLimits } from '../../src/contract/document.ts';
import { extractText } from '../../src/platform/document-text.ts';
import { buildPdf } from '../fixtures/build-pdf.ts';
import { buildZip, wordParts } from '../fixtures/build-zip.ts';

const fixture = (name: string): Buffer => readFileSync(join(__dirname, '../fixtures', name));
const sample = fixture('rendercv_John_Doe_Classic.pdf');
const read = (bytes: Uint8Array, fileName = 'cv') => extractText({ fileName, bytes });

/** What a refusal is: a code, and a detail that points at the content. */
const refusal = (code: string) => ({ code, details: [{ path: 'content', message: expect.any(String) as string }] });

describe('a PDF', () => {
  it.each([
    ['Classic', 2, 'Nexus AI, Co-Founder & CTO'],
    ['Ember', 2, 'Princeton University – Princeton, NJ\tSept 2018 – May 2023'],
    ['Moderncv', 3, 'Sept 2014 – June 2018 Boğaziçi University, BS in Computer Engineering – Istanbul, Türkiye'],
  ])('in the layout %s keeps its words apart and its lines whole', async (layout, pages, line) => {
    const read = await extractText({ fileName: 'cv.pdf', bytes: fixture(`rendercv_John_Doe_${layout}.pdf`) });
    const lines = read.text.split('\n');
    expect(read).toMatchObject({ kind: 'pdf', warnings: [] });
    expect(read.pages).toHaveLength(pages);
    expect(lines).toContain(line);
    expect(lines).toContain('Languages: Python, C++, CUDA, Rust, Julia');
    expect(read.text).toContain('john.doe@email.com');
  });

  it('points at each page by its offsets', async () => {
    const pages = [[{ x: 50, y: 700, text: 'primeira' }], [], [{ x: 50, y: 700, text: 'terceira' }]];
    const { text, pages: offsets } = await read(buildPdf({ pages }));
    expect(offsets.map(({ start, end }) => text.slice(start, end))).toEqual(['primeira', '', 'terceira']);
    expect(offsets.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('parts words by a gap, cells by a wide gap, and glues what stands together', async () => {
    const page = [
      { x: 50, y: 700, text: 'Ana' },
      { x: 70, y: 700, text: 'Prado' },
      { x: 400, y: 700, text: '2021' },
      { x: 50, y: 680, text: 'Program' },
      { x: 50 + 38.34, y: 680, text: 'adora' },
    ];
    expect((await read(buildPdf({ pages: [page] }))).text).toBe('Ana Prado\t2021\nProgramadora');
  });

  it('reads two columns of prose that were drawn row by row one after the other', async () => {
    const rows = Array.from({ length: 12 }, (_, row) => [
      { x: 50, y: 700 - 14 * row, text: `esquerda ${row} com texto corrido da coluna` },
      { x: 330, y: 700 - 14 * row, text: `direita ${row} com texto corrido da coluna` },
    ]);
    const { text } = await read(buildPdf({ pages: [[{ x: 50, y: 740, text: 'Ana Prado' }, ...rows.flat()]] }));
    const order = text.split('\n').map((line) => line.split(' ', 2).join(' '));
    const side = (name: string) => rows.map((_, row) => `${name} ${row}`);
    expect(order).toEqual(['Ana Prado', ...side('esquerda'), ...side('direita')]);
  });

  it('keeps the rows of a table of short cells', async () => {
    const rows = Array.from({ length: 12 }, (_, row) => [
      { x: 50, y: 700 - 14 * row, text: `skill${row}` },
      { x: 330, y: 700 - 14 * row, text: `${row} anos` },
    ]);
    const { text } = await read(buildPdf({ pages: [rows.flat()] }));
    expect(text.split('\n')[3]).toBe('skill3\t3 anos');
  });

  it('asking for a password is refused with document.encrypted', async () => {
    const bytes = buildPdf({ pages: [[{ x: 50, y: 700, text: 'segredo' }]], password: 'abc' });
    await expect(read(bytes)).rejects.toMatchObject(refusal('document.encrypted'));
  });

  it('that is only restricted, and opens without a password, is read', async () => {
    const bytes = buildPdf({ pages: [[{ x: 50, y: 700, text: 'sem segredo' }]], password: '' });
    expect((await read(bytes)).text).toBe('sem segredo');
  });

  it.each([0.1, 0.5, 0.9, 0.99])('cut off after %f of its bytes is refused with document.unreadable', async (share) => {
    const bytes = sample.subarray(0, Math.floor(sample.length * share));
    await expect(read(bytes)).rejects.toMatchObject(refusal('document.unreadable'));
  });

  it('that lost its middle is refused with document.unreadable instead of read in part', async () => {
    const pages = Array.from({ length: 3 }, (_, index) => [{ x: 50, y: 700, text: `página ${index}` }]);
    const bytes = buildPdf({ pages });
    const holed = Buffer.concat([
      bytes.subarray(0, bytes.indexOf('8 0 obj')),
      bytes.subarray(bytes.indexOf('9 0 obj')),
    ]);
    await expect(read(holed)).rejects.toMatchObject(refusal('document.unreadable'));
  });

  it('of which a stream is damaged is read with a warning', async () => {
    const data = deflateSync(
      Buffer.from('BT /F1 10 Tf 50 700 Td (inteiro) Tj ET BT 50 600 Td (perdido) Tj ET', 'latin1'),
    );
    const holed = Buffer.from(data).fill(0xff, data.length - 20);
    const page = [{ x: 50, y: 700, text: 'segunda' }];
    const bytes = buildPdf({ pages: [[], page], content: { data: holed, filter: '/FlateDecode' } });
    const { text, warnings } = await read(bytes);
    expect(text).toContain('segunda');
    expect(warnings).toEqual([expect.stringContaining('damaged')]);
  });

  it('that lost its index and parts of its pages is refused with document.unreadable', async () => {
    const holed = Buffer.concat([sample.subarray(0, 49_000), sample.subarray(59_000)]);
    await expect(read(holed)).rejects.toMatchObject(refusal('document.unreadable'));
  });

  it('of more than 100 pages is refused with document.too_large', async () => {
    const pages = Array.from({ length: documentLimits.pdfPages + 1 }, () => [{ x: 50, y: 700, text: 'x' }]);
    await expect(read(buildPdf({ pages }))).rejects.toMatchObject(refusal('document.too_large'));
  });

  it('without text is refused with document.empty', async () => {
    await expect(read(buildPdf({ pages: [[]] }))).rejects.toMatchObject(refusal('document.empty'));
  });

  it('that inflates without end is cut off with document.too_large', async () => {
    const data = deflateSync(deflateSync(Buffer.alloc(400 * 1_048_576, 0x20), { level: 1 }));
    const bytes = buildPdf({ pages: [[]], content: { data, filter: '[/FlateDecode /FlateDecode]' } });
    expect(bytes.length).toBeLessThan(documentLimits.fileBytes);
    await expect(read(bytes)).rejects.toMatchObject(refusal('document.too_large'));
  }, 60_000);
});

describe('a DOCX', () => {
  const cell = (...lines: string[]) => new TableCell({ children: lines.map((line) => new Paragraph(line)) });

  it('gives headers, paragraphs, table cells and footers', async () => {
    const document = new Document({
      sections: [
        {
          headers: { default: new Header({ children: [new Paragraph('Ana Prado & Filhos')] }) },
          footers: { default: new Footer({ children: [new Paragraph('Recife')] }) },
          children: [
            new Paragraph({ children: [new TextRun('Experi'), new TextRun('ência')] }),
            new Table({
              rows: [
                new TableRow({ children: [cell('Python'), cell('5 anos')] }),
                new TableRow({ children: [cell('Coluna', 'esquerda'), cell('direita')] }),
              ],
            }),
          ],
        },
      ],
    });
    const read = await extractText({ fileName: 'ana.docx', bytes: await Packer.toBuffer(document) });
    expect(read).toMatchObject({ kind: 'docx', warnings: [] });
    expect(read.text.split('\n')).toEqual([
      'Ana Prado & Filhos',
      'Experiência',
      'Python\t5 anos',
      'Coluna',
      'esquerda',
      'direita',
      'Recife',
    ]);
    expect(read.pages).toEqual([{ number: 1, start: 0, end: read.text.length }]);
  });

  it('built by hand is read, so that the damaged ones below fail for their damage', async () => {
    expect((await read(buildZip(wordParts('olá')))).text).toBe('olá');
  });

  const bomb = { name: 'word/media/image1.bin', data: Buffer.alloc(60 * 1_048_576) };
  it.each([
    ['unpacks to 60 MB', 'document.too_large', [bomb]],
    ['unpacks to 60 MB and declares 1 kB', 'document.too_large', [{ ...bomb, declaredBytes: 1_024 }]],
    ['unpacks to 500 times its size', 'document.too_large', [{ ...bomb, data: Buffer.alloc(6 * 1_048_576) }]],
    ['leaves the package by a part name', 'document.unreadable', [{ name: '../../etc/passwd', data: 'x' }]],
    ['has an absolute part name', 'document.unreadable', [{ name: '/etc/passwd', data: 'x' }]],
    ['holds a part twice', 'document.unreadable', [{ name: 'word/document.xml', data: '<x/>' }]],
    ['holds an encrypted part', 'document.encrypted', [{ name: 'word/secret.xml', data: 'x', isEncrypted: true }]],
  ])('that %s is refused with %s', async (_, code, parts) => {
    await expect(read(buildZip([...wordParts('olá'), ...parts]))).rejects.toMatchObject(refusal(code));
  });

  it('of more than 2,000 parts is refused with document.too_large', async () => {
    const parts = Array.from({ length: 2_000 }, (_, index) => ({ name: `word/part${index}.xml`, data: 'x' }));
    await expect(read(buildZip([...wordParts('olá'), ...parts]))).rejects.toMatchObject(refusal('document.too_large'));
  });

  it('cut off is refused with document.unreadable', async () => {
    const bytes = buildZip(wordParts('olá'));
    await expect(read(bytes.subarray(0, bytes.length - 40))).rejects.toMatchObject(refusal('document.unreadable'));
  });

  it('whose document is no XML is refused with document.unreadable', async () => {
    const parts = wordParts('olá').map((part) =>
      part.name === 'word/document.xml' ? { ...part, data: '<w:p' } : part,
    );
    await expect(read(buildZip(parts))).rejects.toMatchObject(refusal('document.unreadable'));
  });

  it('that is another zip is refused with document.unsupported', async () => {
    const bytes = buildZip([{ name: 'hello.txt', data: 'hello' }]);
    await expect(read(bytes, 'cv.docx')).rejects.toMatchObject(refusal('document.unsupported'));
  });

  const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  it('protected by a password is refused with document.encrypted', async () => {
    const bytes = Buffer.concat([compoundFile, Buffer.alloc(500), Buffer.from('EncryptedPackage', 'utf16le')]);
    await expect(read(bytes, 'cv.docx')).rejects.toMatchObject(refusal('document.encrypted'));
  });

  it('in the old binary format is refused with document.unsupported', async () => {
    const bytes = Buffer.concat([compoundFile, Buffer.alloc(500), Buffer.from('WordDocument', 'utf16le')]);
    await expect(read(bytes, 'cv.doc')).rejects.toMatchObject(refusal('document.unsupported'));
  });
});

describe('plain text', () => {
  const utf16le = Buffer.from('\uFEFFOlá, ação', 'utf16le');
  it.each([
    ['UTF-8', Buffer.from('Olá, ação')],
    ['UTF-8 with a byte-order mark', Buffer.from('\uFEFFOlá, ação')],
    ['UTF-16 LE', utf16le],
    ['UTF-16 BE', Buffer.from(utf16le).swap16()],
  ])('in %s is read without a warning', async (_, bytes) => {
    expect(await read(bytes, 'cv.txt')).toEqual({
      kind: 'txt',
      text: 'Olá, ação',
      pages: [{ number: 1, start: 0, end: 9 }],
      warnings: [],
      hidden: [],
      hiddenText: '',
    });
  });

  it('in windows-1252 is read with a warning', async () => {
    const { text, warnings } = await read(Buffer.from('Ol\xe1, a\xe7\xe3o por 5 \x80', 'latin1'));
    expect(text).toBe('Olá, ação por 5 €');
    expect(warnings).toEqual([expect.stringContaining('windows-1252')]);
  });

  it('comes out composed, without NUL, lone surrogates, icons, or space at line ends', async () => {
    const page = `A${' '.repeat(2)}c\u0327a\u0303o \r\nB\u00A0b\0\uE001 \r\r\r\rC \uFB01m${'y'.repeat(100)}`;
    const { text, warnings } = await read(Buffer.from(page));
    expect(text).toBe(`A ção\nB b\n\nC fim${'y'.repeat(100)}`);
    expect(warnings).toHaveLength(1);
    const lone = Buffer.from('\uFEFFab\uD800cd', 'utf16le');
    expect((await read(lone)).text).toBe('ab\uFFFDcd');
  });

  it('of more than 400,000 characters is cut with a warning, never through a character', async () => {
    const { text, pages, warnings } = await read(Buffer.from(`a${'😀'.repeat(200_001)}`));
    expect(text.length).toBe(399_999);
    expect(text.isWellFormed()).toBe(true);
    expect(pages).toEqual([{ number: 1, start: 0, end: 399_999 }]);
    expect(warnings).toEqual([expect.stringContaining('400000')]);
  });

  it.each([
    ['no bytes', Buffer.alloc(0), 'document.empty'],
    ['only blanks', Buffer.from(' \n\t \n'), 'document.empty'],
    ['10 MB and one byte', Buffer.alloc(documentLimits.fileBytes + 1, 0x61), 'document.too_large'],
    ['RTF', Buffer.from('{\\rtf1 Ana}'), 'document.unsupported'],
    ['mostly control characters', Buffer.from('Ana\0\0\0\0\x01\x02'), 'document.unsupported'],
  ])('with %s is refused', async (_, bytes, code) => {
    await expect(read(bytes, 'cv.txt')).rejects.toMatchObject(refusal(code));
  });
});

describe('the content decides, not the name', () => {
  it('refuses a PNG named .pdf with document.unsupported', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    await expect(read(png, 'cv.pdf')).rejects.toMatchObject(refusal('document.unsupported'));
  });

  it('reads a PDF named .docx, with a warning', async () => {
    const { kind, warnings } = await read(sample, 'cv.docx');
    expect(kind).toBe('pdf');
    expect(warnings).toEqual(['The name ends in .docx, but the content is PDF and was read as such.']);
  });
});
