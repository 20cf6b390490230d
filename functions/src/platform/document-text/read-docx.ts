import mammoth from 'mammoth';
import { withoutHiddenRuns } from './docx-hidden.ts';
import { marginTexts } from './docx-margins.ts';
import { docxParts } from './docx-parts.ts';
import type { RawPages } from './job.ts';
import { refuse } from './refuse.ts';
import { zipOf } from './zip-of.ts';

/** An element of mammoth's document tree, as far as text is concerned. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

const inline = (node: Node): string => {
  if (node.type === 'text') return node.value ?? '';
  if (node.type === 'tab') return '\t';
  if (node.type === 'break') return '\n';
  return (node.children ?? []).map(inline).join('');
};

/** Cells of one paragraph each share a line, parted by tabs; a cell that holds more is a layout column and keeps its lines. */
const row = (node: Node): string[] => {
  const cells = (node.children ?? []).map((cell) => (cell.children ?? []).flatMap(block));
  const isOneLine = cells.every((lines) => lines.length <= 1);
  return isOneLine ? [cells.map(([line = '']) => line).join('\t')] : cells.flat();
};

const block = (node: Node): string[] => {
  if (node.type === 'paragraph') return [inline(node)];
  if (node.type === 'tableRow') return row(node);
  return (node.children ?? []).flatMap(block);
};

const bodyLines = async (bytes: Uint8Array): Promise<string[]> => {
  let lines: string[] = [];
  try {
    await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) },
      {
        // The tree is all that is wanted: an emptied document spares the HTML and its inlined pictures.
        transformDocument: (document: Node): Node => {
          lines = block(document);
          return { ...document, children: [] };
        },
      },
    );
  } catch (cause) {
    throw refuse('document.unreadable', 'The DOCX is damaged and could not be read.', cause);
  }
  return lines;
};

/**
 * Reads a DOCX as one page: headers, body with its tables and text boxes, footers; what nobody sees of it is kept apart.
 * @throws the Problems of `docxParts`
 */
export const readDocx = async (bytes: Uint8Array): Promise<RawPages> => {
  const given = await docxParts(bytes);
  const without = withoutHiddenRuns(given);
  const parts = without?.parts ?? given;
  // Mammoth knows nothing of colours: it is given a package that lacks what is hidden.
  const body = await bodyLines(without ? zipOf(parts) : bytes);
  const lines = [...marginTexts(parts, 'header'), ...body, ...marginTexts(parts, 'footer')];
  const hidden = (without?.hidden ?? []).map(({ reason, text }) => ({ reason, page: 1, text: `${text} ` }));
  return { pages: [lines.join('\n')], warnings: [], hidden };
};
