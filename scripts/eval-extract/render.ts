import { Document, Packer, Paragraph, TabStopType, TextRun } from 'docx';
import PdfDocument from 'pdfkit';
import type { Row } from './layouts.ts';

export const formats = ['txt', 'pdf', 'docx'] as const;
export type Format = (typeof formats)[number];

export const render: Readonly<Record<Format, (rows: readonly Row[]) => Promise<Uint8Array>>> = { txt, pdf, docx };

async function txt(rows: readonly Row[]): Promise<Uint8Array> {
  const lines = rows.map(
    ({ kind, text, right }) => `${kind === 'bullet' ? '- ' : ''}${text}${right === undefined ? '' : `\t${right}`}`,
  );
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

async function docx(rows: readonly Row[]): Promise<Uint8Array> {
  const children = rows.map(
    ({ kind, text, right }) =>
      new Paragraph({
        children: [
          new TextRun({
            text: right === undefined ? text : `${text}\t${right}`,
            bold: kind === 'heading' || kind === 'name',
          }),
        ],
        tabStops: [{ type: TabStopType.RIGHT, position: 9_000 }],
        ...(kind === 'bullet' ? { bullet: { level: 0 } } : {}),
      }),
  );
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

const margin = 45;
const width = 505;
const narrow = 150;

async function pdf(rows: readonly Row[]): Promise<Uint8Array> {
  const file = new PdfDocument({ size: 'A4', margin });
  const parts: Buffer[] = [];
  file.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => file.on('end', resolve));
  const hasSide = rows.some(({ side }) => side);
  const left = hasSide ? margin + narrow + 20 : margin;
  const name = rows.findLastIndex(({ kind }) => kind === 'name');
  let top = margin;
  for (const row of rows.slice(0, name + 1)) top = line(file, row, margin, width, top);
  let y = top;
  for (const row of rows.slice(name + 1)) if (row.side) y = line(file, row, margin, narrow, y);
  y = top;
  for (const row of rows.slice(name + 1)) {
    if (row.side) continue;
    if (y > 760) {
      file.addPage();
      y = margin;
    }
    y = line(file, row, left, width - (left - margin), y);
  }
  file.end();
  await ended;
  return Buffer.concat(parts);
}

function line(file: PDFKit.PDFDocument, { kind, text, right }: Row, x: number, across: number, y: number): number {
  if (kind === 'gap') return y + 7;
  file
    .font(kind === 'heading' || kind === 'name' ? 'Helvetica-Bold' : 'Helvetica')
    .fontSize(kind === 'name' ? 17 : kind === 'heading' ? 12 : 9.5);
  const shown = kind === 'bullet' ? `• ${text}` : text;
  const room = right === undefined ? across : across * 0.62;
  if (right !== undefined) file.text(right, x + room, y, { width: across - room, align: 'right' });
  const bottom = right === undefined ? y : file.y;
  file.text(shown, x, y, { width: room });
  return Math.max(file.y, bottom) + (kind === 'heading' ? 4 : 2);
}
