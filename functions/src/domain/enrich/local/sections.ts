import { headingBefore, headingIn, type SectionKind } from './headings.ts';
import type { Line } from './lines.ts';

/** Lines under one heading; `head` is what stands before the first heading, and the whole of a text that has none. */
export interface Section {
  readonly kind: SectionKind | 'head';
  readonly lines: readonly Line[];
}

/** The sections of a text in their order, without the headings themselves. */
export function sectionsOf(lines: readonly Line[]): Section[] {
  const sections: { kind: Section['kind']; lines: Line[] }[] = [{ kind: 'head', lines: [] }];
  for (const line of lines) {
    const kind = line.bullet ? undefined : headingIn(line.text);
    const inline = kind ? undefined : headingBefore(line.text);
    const last = sections.at(-1);
    // `Resultados:` and `Tecnologias: Java, SQL` under a job tell of that job.
    const ofJob = last && holdsOthers(last.kind);
    if (kind && !(ofJob && tellsOfJob(kind) && /[a-z]:$/.test(line.text))) sections.push({ kind, lines: [] });
    else if (inline) {
      const { kind, length } = inline;
      if (ofJob && !opensAnother(kind)) last.lines.push(line);
      else sections.push({ kind, lines: [{ ...line, ...cut(line, length), apart: true }] });
    } else last?.lines.push(line);
  }
  return sections.filter(({ lines, kind }) => lines.length > 0 || kind !== 'head');
}

const holdsOthers = (kind: Section['kind']) => kind === 'experience' || kind === 'projects';
const tellsOfJob = (kind: SectionKind) => ['achievements', 'skills', 'projects', 'summary', 'courses'].includes(kind);
const opensAnother = (kind: SectionKind) => ['languages', 'certifications', 'compensation', 'education'].includes(kind);

const cut = ({ text, flat, start }: Line, length: number) => ({
  text: text.slice(length),
  flat: flat.slice(length),
  start: start + length,
});
