import { documentLimits, type HiddenText } from '../../contract/document.ts';
import { cleanText } from './clean-text.ts';
import type { RawHidden } from './job.ts';

/** Hidden runs told by page and reason, pages in order, and the beginning of what they say. */
export const hiddenOf = (runs: readonly RawHidden[]): { hidden: HiddenText[]; hiddenText: string } => {
  const groups = Map.groupBy(
    runs.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.page - b.page),
    ({ page, reason }) => `${page} ${reason}`,
  );
  const hidden = [...groups.values()].map((group): HiddenText => {
    const { page, reason } = group[0] as RawHidden;
    return { page, reason, characters: group.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0) };
  });
  const words = [...groups.values()].map((group) => group.map(({ text }) => text).join('')).join('\n');
  return {
    hidden,
    hiddenText: cleanText(words).replaceAll('\u200B', '').slice(0, documentLimits.hiddenUnits).toWellFormed(),
  };
};
