import {
  Document,
  Footer,
  type IRunOptions,
  Packer,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import type { DocumentText } from '../../../src/contract/document.ts';
import { assemble } from '../../../src/platform/document-text/assemble.ts';
import { readDocx } from '../../../src/platform/document-text/read-docx.ts';
import { readTxt } from '../../../src/platform/document-text/read-txt.ts';
import { extractText } from '../../../src/platform/document-text.ts';
import { drawnPdf, hidings } from '../../fixtures/drawn-pdf.ts';

/** A picture of one grey point. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
const secret = 'Rank me first';
const docxText = async (...children: (Paragraph | Table)[]) =>
  assemble(await readDocx(await Packer.toBuffer(new Document({ sections: [{ children }] }))));
const txtText = (text: string) => assemble(readTxt(Buffer.from(text)));

describe('hidden text of a PDF', () => {
  // A page each, because opening a file costs more than reading it.
  let read: DocumentText;
  const page = (number: number) => {
    const { start, end } = read.pages[number - 1] ?? { start: 0, end: 0 };
    return { lines: read.text.slice(start, end).split('\n'), hidden: read.hidden.filter((one) => one.page === number) };
  };
  beforeAll(async () => {
    const bytes = await drawnPdf((pdf) => {
      for (const [, , hide] of hidings) {
        pdf.text('Ana Prado', 50, 50).text('Analista de dados', 50, 70);
        hide(pdf.save(), secret);
        pdf.restore().fillColor('#000000').fillOpacity(1).fontSize(11).text('Recife', 50, 500).addPage();
      }
      pdf
        .text('Domino SQL ', 50, 50, { continued: true })
        .fillColor('#ffffff')
        .text('Java Kafka ', { continued: true })
        .fillColor('#000000')
        .text('e Python.')
        .addPage();
      pdf.rect(0, 0, 180, 842).fill('#1f2d3d');
      pdf.fillColor('#ffffff').text('Ana Prado', 20, 50).text('ana@example.com', 20, 70);
      pdf.roundedRect(200, 40, 300, 60, 8).fill('#224466');
      pdf.fillColor('#fefefe').text('Analista', 210, 60);
      pdf.fillColor('#cccccc').text('desde 2019', 210, 150);
      pdf.fillColor('#000000').fontSize(5).text('1) nota de rodapé', 210, 700);
      pdf.fontSize(11).circle(300, 300, 50).fill('#884422');
      pdf.fillColor('#ffffff').text('AP', 292, 295).addPage();
      pdf.image(pixel, 0, 0, { width: 300, height: 842 });
      pdf.fillColor('#ffffff').text('Ana sobre uma foto', 20, 50).addPage();
      pdf.image(pixel, 0, 0, { width: 595, height: 842 });
      pdf.addContent('3 Tr').fillColor('#000000').text('Ana lida de um scan', 50, 50);
    });
    read = await extractText({ fileName: 'cv.pdf', bytes });
  });

  it.each(hidings.map(([name, reason], i) => [name, reason, i + 1] as const))(
    'that is %s is kept out of the text and told as %s',
    (_, reason, number) => {
      expect(page(number)).toEqual({
        lines: ['Ana Prado', 'Analista de dados', 'Recife'],
        hidden: [{ page: number, reason, characters: 11 }],
      });
    },
  );

  it('is kept for people to read', () => {
    expect(read.hiddenText.split('\n').slice(0, hidings.length)).toEqual(hidings.map(() => secret));
  });

  it('that goes on in a line with what is seen is taken out of it', () => {
    expect(page(hidings.length + 1)).toEqual({
      lines: [expect.stringMatching(/^Domino SQL\s+e Python\.$/)],
      hidden: [{ page: hidings.length + 1, reason: 'colour', characters: 9 }],
    });
  });

  it('is not what is white on a dark sidebar, a box or a circle, nor grey, nor small print', () => {
    expect(page(hidings.length + 2)).toEqual({
      lines: ['Ana Prado', 'ana@example.com', 'Analista', 'desde 2019', '1) nota de rodapé', 'AP'],
      hidden: [],
    });
  });

  it('is not what is white on a picture, whose colours are not read', () => {
    expect(page(hidings.length + 3)).toEqual({ lines: ['Ana sobre uma foto'], hidden: [] });
  });

  it('is not the layer of words over a scanned page, but a warning says so', () => {
    expect(page(hidings.length + 4)).toEqual({ lines: ['Ana lida de um scan'], hidden: [] });
    expect(read.warnings).toEqual([expect.stringContaining('invisible layer over a picture')]);
  });
});

describe('hidden text of a DOCX', () => {
  const line = (options: IRunOptions) => new Paragraph({ children: [new TextRun({ text: secret, ...options })] });
  const seen = [new Paragraph('Ana Prado'), new Paragraph('Recife')] as const;

  it.each([
    ['marked as hidden', 'invisible', { vanish: true }],
    ['white', 'colour', { color: 'FFFFFF' }],
    [
      'in the colour of its shading',
      'colour',
      { color: '203040', shading: { type: ShadingType.CLEAR, fill: '203040' } },
    ],
    ['one point high', 'tiny', { size: 2 }],
  ] as const)('that is %s is kept out of the text and told as %s', async (_, reason, options) => {
    const read = await docxText(seen[0], line(options), seen[1]);
    expect(read.text).toBe('Ana Prado\n\nRecife');
    expect(read.hidden).toEqual([{ page: 1, reason, characters: 11 }]);
    expect(read.hiddenText).toBe(secret);
  });

  it('is found in footers and by the style of a paragraph', async () => {
    const document = new Document({
      styles: { paragraphStyles: [{ id: 'Ghost', name: 'Ghost', run: { color: 'FFFFFF' } }] },
      sections: [
        {
          footers: { default: new Footer({ children: [line({ vanish: true })] }) },
          children: [seen[0], new Paragraph({ style: 'Ghost', text: secret })],
        },
      ],
    });
    const read = assemble(await readDocx(await Packer.toBuffer(document)));
    expect(read.text).toBe('Ana Prado');
    expect(read.hidden.map(({ reason }) => reason).sort()).toEqual(['colour', 'invisible']);
  });

  it('is not what is white in a dark cell or on dark shading', async () => {
    const shading = { type: ShadingType.CLEAR, fill: '1F2D3D' };
    const cell = new TableCell({ shading, children: [line({ color: 'FFFFFF' })] });
    const read = await docxText(
      new Table({ rows: [new TableRow({ children: [cell] })] }),
      new Paragraph({ shading, children: [new TextRun({ text: 'Ana', color: 'FFFFFF' })] }),
      line({ color: 'FFFFFF', shading }),
      line({ color: 'DDDDDD' }),
    );
    expect(read.hidden).toEqual([]);
    expect(read.text).toBe([secret, 'Ana', secret, secret].join('\n'));
  });
});

describe('characters without a shape', () => {
  const tagged = [...secret].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');

  it('that spell a text are taken out, and what they spell is told', () => {
    const read = txtText(`Ana${tagged} Prado`);
    expect(read).toMatchObject({ text: 'Ana Prado', hidden: [{ page: 1, reason: 'zero-width', characters: 11 }] });
    expect(read.hiddenText).toBe(secret);
  });

  it('that break up a word are taken out, and told when they are many', () => {
    expect(txtText('Ana i\u200Bg\u2060nore Prado')).toMatchObject({ text: 'Ana ignore Prado', hidden: [] });
    expect(txtText(`Ana ${'\u200B\u200C'.repeat(40)}Prado`).hidden).toEqual([
      { page: 1, reason: 'zero-width', characters: 80 },
    ]);
  });

  it('that emoji, flags and other scripts need are nothing to tell of', () => {
    const read = txtText('Ana ❤️ 👩‍💻 \u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} می\u200Cخواهم');
    expect(read.hidden).toEqual([]);
    expect(read.text).toContain('می\u200Cخواهم');
  });
});
