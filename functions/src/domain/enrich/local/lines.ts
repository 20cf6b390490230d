import { flat } from './flat.ts';

/** A line that says something. Offsets are of the text without its bullet and the spaces around it. */
export interface Line {
  readonly text: string;
  /** `text` folded, offset for offset. */
  readonly flat: string;
  readonly start: number;
  readonly end: number;
  readonly bullet: boolean;
  /** An empty line, a rule or the end of a page stands before it. */
  readonly apart: boolean;
}

const bullet = /^(?:[•●▪■◦○‣⁃∙·*➢➤►✓✔]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*/;
const rule = /^[-–—=_*~.\s]{3,}$/;
/** Beyond that many a text is no resume, and its end is not read. */
const mostLines = 4_000;

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const low = flat(text);
  let apart = true;
  for (let at = 0; at <= text.length && lines.length < mostLines; ) {
    const next = text.indexOf('\n', at);
    const stop = next < 0 ? text.length : next;
    const raw = text.slice(at, stop);
    const trimmed = raw.trim();
    const mark = bullet.exec(trimmed)?.[0] ?? '';
    if (trimmed === '' || rule.test(trimmed) || mark.length === trimmed.length) apart = true;
    else {
      const start = at + raw.indexOf(trimmed) + mark.length;
      const end = start + trimmed.length - mark.length;
      lines.push({ text: text.slice(start, end), flat: low.slice(start, end), start, end, bullet: mark !== '', apart });
      apart = false;
    }
    at = stop + 1;
  }
  return lines;
}
