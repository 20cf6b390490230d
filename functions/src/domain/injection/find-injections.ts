import type { Finding } from '../../contract/finding.ts';
import { findInstructions } from './find-instructions.ts';
import { findStuffing } from './find-stuffing.ts';

/** Raised when other things are found than before, so that kept findings can be told from fresh ones. */
export const detectorVersion = 1;

/** All of a text that is there to move a machine, in order; what overlaps is one finding of the surer kind. */
export function findInjections(text: string): Finding[] {
  const merged: Finding[] = [];
  for (const found of [...findInstructions(text), ...findStuffing(text)].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  )) {
    const before = merged.at(-1);
    if (!before || found.start >= before.end) merged.push({ ...found });
    else {
      before.end = Math.max(before.end, found.end);
      if (found.confidence === 'high' && before.confidence === 'medium') {
        before.family = found.family;
        before.confidence = 'high';
      }
    }
  }
  return merged;
}
