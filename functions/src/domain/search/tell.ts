import type { Span, Understanding } from './understanding.ts';

type Sourced<Thing> = Omit<Thing, 'at'> & { readonly at?: Span & { readonly field: 'query' | 'jobDescription' } };
export type ToldUnderstanding = ReturnType<typeof tell>;

/** The understanding as it is answered: spans by the field they stand in, as the caller's text was trimmed. */
export function tell({ skills, ignored, titles, ...others }: Understanding, query: string | undefined) {
  const before = query ? query.length + 1 : 0;
  const sourced = <Thing extends { readonly at?: Span }>({ at, ...thing }: Thing): Sourced<Thing> => {
    if (!at) return thing;
    if (at.start < before) return { ...thing, at: { field: 'query', ...at } };
    return { ...thing, at: { field: 'jobDescription', start: at.start - before, end: at.end - before } };
  };
  return {
    ...others,
    skills: skills.map((group) => ({ ...group, anyOf: group.anyOf.map(sourced) })),
    ignored: ignored.map(sourced),
    titles: titles.map(sourced),
  };
}
