import type { Finding } from '../../contract/finding.ts';
import { findInjections } from './find-injections.ts';

/** As long as the part it stands for; the line ends keep what is before and after from becoming one sentence. */
const blank = (length: number): string => (length < 2 ? '\n'.repeat(length) : `\n${' '.repeat(length - 2)}\n`);

/**
 * A text as it may be put before a model or be ranked: what was found in it is blanked out with the same length, so that
 * offsets into it are offsets into the text.
 * @param findings in order and without overlap; by default those of today's detector
 */
export function promptable(text: string, findings: readonly Finding[] = findInjections(text)): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of findings) {
    kept += text.slice(at, start) + blank(end - start);
    at = end;
  }
  return at === 0 ? text : kept + text.slice(at);
}
