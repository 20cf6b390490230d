import type { HiddenReason } from '../../contract/document.ts';
import { colourDiffers } from './colour-differs.ts';
import { attribute, lookOf, mergeLooks, type RunLook, shadeOf, stylesOf } from './docx-styles.ts';

/** In half-points: under three points. */
const smallest = 6;
/** In EMU, of which a point has 12,700: no box of less than a point shows a word. */
const thinnest = 12_700;
/** In EMU: no page of Word's is longer than 22 inches. */
const longestPage = 22 * 914_400;

/** An open element, with what it says of the texts within. */
interface Frame {
  readonly name: string;
  readonly start: number;
  look: RunLook;
  /** What is behind: undefined for the paper, null when it cannot be told. */
  shade: string | null | undefined;
  isOut: boolean;
  isInBox: boolean;
}

export interface HiddenRun {
  readonly reason: HiddenReason;
  readonly text: string;
}

const tags = /<(\/?)([\w:]+)((?:\s[^<>]*?)?)(\/?)>/g;
const plainTables = /^(TableGrid|TableNormal|Tabelacomgrade|Tabelanormal)$/;
/** What newer readers pass over. */
const fallback = /<mc:Fallback>[\s\S]*?<\/mc:Fallback>/g;
/** Drawings may lie under the text of the page, and what they paint is not read here. */
const mayLieBehind = /behindDoc\s*=\s*["'](?:1|true)|<w:pict[\s>]|<w:background\s/;

const reasonOf = ({ look, shade, isOut }: Frame, paper: string | null): HiddenReason | null => {
  if (look.vanish) return 'invisible';
  if (isOut) return 'off-page';
  if (look.size !== undefined && look.size < smallest) return 'tiny';
  const background = look.shade === undefined ? (shade === undefined ? paper : shade) : look.shade;
  if (look.colour === undefined || look.colour === 'auto' || background === null) return null;
  return colourDiffers(look.colour, background) ? null : 'colour';
};

const isFar = (xml: string, at: number): boolean =>
  Math.abs(Number(/^[^<]*/.exec(xml.slice(at, at + 20))?.[0] ?? 0)) > longestPage;

/**
 * One part of a DOCX without the texts that nobody sees: hidden by a property, in the colour of their shading or of the
 * paper, under three points, or in a box without size or far from the page.
 */
const partWithout = (
  xml: string,
  styleOf: (id: string | undefined) => RunLook,
  paper: string | null,
  hidden: HiddenRun[],
): string => {
  const stack: Frame[] = [];
  let out = '';
  let copied = 0;
  for (const { 0: tag, 1: slash, 2: name = '', 4: isEmpty, index } of xml.matchAll(tags)) {
    const after = index + tag.length;
    const top = stack.at(-1);
    if (slash === '/') {
      if (top?.name !== name) continue;
      const within = () => xml.slice(top.start, index);
      const outer = stack.at(-2);
      if (name === 'w:t' && outer) {
        const reason = reasonOf(outer, outer.isInBox ? null : paper);
        const text = within();
        if (reason && text.trim() !== '') {
          hidden.push({ reason, text });
          out += xml.slice(copied, top.start);
          copied = index;
        }
      } else if (name === 'w:rPr' && outer?.name === 'w:r') {
        const properties = within();
        const style = styleOf(attribute(/<w:rStyle\s[^>]*>/.exec(properties)?.[0] ?? '', 'w:val'));
        outer.look = mergeLooks(mergeLooks(lookOf(properties), style), outer.look);
      } else if (name === 'w:pPr' && outer) {
        const properties = within();
        const style = styleOf(attribute(/<w:pStyle\s[^>]*>/.exec(properties)?.[0] ?? '', 'w:val'));
        const shade = shadeOf(properties.replace(/<w:rPr>[\s\S]*?<\/w:rPr>/, ''));
        outer.look = mergeLooks({ shade }, style);
      } else if (name === 'w:tcPr' && outer) {
        const shade = shadeOf(within());
        if (shade !== undefined) outer.shade = shade;
      } else if (name === 'w:tblPr' && outer) {
        const style = attribute(/<w:tblStyle\s[^>]*>/.exec(within())?.[0] ?? '', 'w:val');
        if (style !== undefined && !plainTables.test(style)) outer.shade = null;
      }
      stack.pop();
      continue;
    }
    if (top && name === 'wp:extent' && Math.min(Number(attribute(tag, 'cx')), Number(attribute(tag, 'cy'))) < thinnest)
      top.isOut = true;
    if (isEmpty === '/') continue;
    const isBox = name === 'w:txbxContent';
    const frame: Frame = {
      name,
      start: after,
      look: top && !isBox ? top.look : styleOf('Normal'),
      shade: isBox ? null : top?.shade,
      isOut: top?.isOut ?? false,
      isInBox: isBox || (top?.isInBox ?? false),
    };
    if (name === 'wp:posOffset' && isFar(xml, after))
      for (const open of stack) open.isOut ||= open.name === 'wp:anchor';
    stack.push(frame);
  }
  return out + xml.slice(copied);
};

/** Every part that holds text, without what nobody sees of it; null when nothing is hidden. */
export const withoutHiddenRuns = (
  parts: ReadonlyMap<string, string>,
): { parts: Map<string, string>; hidden: HiddenRun[] } | null => {
  const texts = [...parts].filter(([, xml]) => xml.includes('<w:t>') || xml.includes('<w:t '));
  const paper = texts.some(([, xml]) => mayLieBehind.test(xml.replace(fallback, ''))) ? null : '#ffffff';
  const styleOf = stylesOf(parts.get('word/styles.xml') ?? '');
  const hidden: HiddenRun[] = [];
  const shown = new Map(parts);
  for (const [name, xml] of texts) shown.set(name, partWithout(xml, styleOf, paper, hidden));
  return hidden.length > 0 ? { parts: shown, hidden } : null;
};
