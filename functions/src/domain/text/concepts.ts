import type { Recognizer } from './recognizer.ts';

/** Taxonomy ids that a text names, for the embedder: `skill:java`, `title:cbo:2124-05`, `function:engineering`. */
export function conceptsIn(recognizer: Recognizer, text: string): string[] {
  const titles = recognizer.titles(text).map(({ value }) => value);
  return [
    ...new Set([
      ...recognizer.skills(text).map(({ value }) => `skill:${value.id}`),
      ...titles.map(({ id }) => `title:${id}`),
      ...titles.filter((title) => title.function !== 'other').map((title) => `function:${title.function}`),
    ]),
  ];
}
