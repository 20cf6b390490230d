import { getResolvedPDFJS } from 'unpdf';
import { drawingsOf } from './pdf-draw.ts';
import { type Seen, seenOf } from './pdf-hidden.ts';
import { firstState } from './pdf-state.ts';
import type { Pdf, PdfPage } from './read-pdf.ts';

/** pdf.js's AnnotationMode.DISABLE: what lies over the page is no part of its text. */
const noAnnotations = 0;

/** The words a page draws, and which of them nobody sees. */
export const seenOnPage = async (pdf: Pdf, page: PdfPage): Promise<{ words: Seen[]; isScanned: boolean }> => {
  const { OPS } = await getResolvedPDFJS();
  const names = new Map(Object.entries(OPS).map(([name, fn]) => [fn, name]));
  const layers = await pdf.getOptionalContentConfig();
  const operators = await page.getOperatorList({ annotationMode: noAnnotations });
  const fontOf = (name: string) => {
    const font = page.commonObjs.has(name) ? page.commonObjs.get(name) : null;
    const unit = Math.abs(Number(font?.fontMatrix?.[0] ?? 0.001)) || 0.001;
    return { ...firstState().font, unit, isVertical: Boolean(font?.vertical), isDrawn: Boolean(font?.isType3Font) };
  };
  const drawings = drawingsOf({
    ...operators,
    nameOf: (fn) => names.get(fn) ?? '',
    fontOf,
    isLayerOn: (layer) => layers.isVisible(layer),
  });
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  return seenOf([...drawings], { left, bottom, right, top });
};
