import type { Lexicon } from '../../contract/lexicon.ts';
import { recognizerOf } from '../text/recognizer.ts';
import type { MarketLocale } from './skill-named.ts';

/** The preferred title of an occupation in a language, else in the other; undefined for no occupation. */
export function titleOf(lexicon: Lexicon, ecoId: string, locale: MarketLocale): string | undefined {
  const { pt, en } = lexicon.titles.find(({ id }) => id === ecoId)?.labels ?? {};
  return (locale === 'pt-BR' ? (pt ?? en) : (en ?? pt))?.[0];
}

/**
 * Ids under which advertisements for an occupation are filed: several taxonomies have the same title, and reading a title gives
 * one of them. So what its preferred titles are read as counts too. Empty for an unknown id.
 */
export function filedUnder(lexicon: Lexicon, ecoId: string): string[] {
  const title = lexicon.titles.find(({ id }) => id === ecoId);
  if (!title) return [];
  const recognizer = recognizerOf(lexicon);
  const preferred = [title.labels.pt?.[0], title.labels.en?.[0]].filter((label) => label !== undefined);
  const read = preferred.flatMap((label) =>
    // Only when all of it is one title: `analista de dados` in a longer title is another occupation.
    recognizer.titles(label).filter(({ start, end }) => start === 0 && end === label.length),
  );
  return [...new Set([ecoId, ...read.map(({ value }) => value.id)])].sort();
}
