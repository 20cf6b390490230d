import { z } from 'zod';
import { type Detail, Problem } from '../../contract/errors.ts';
import { text } from '../../contract/text.ts';
import type { Recognizer } from '../text/recognizer.ts';
import type { Read } from './understand.ts';
import type { Importance, Span, Understanding } from './understanding.ts';

const Ids = (most: number) => z.array(text(1, 120)).max(most);

/** What a recruiter puts right in an `understood`, by the ids in it. */
export const Corrections = z
  .strictObject({
    requiredSkills: Ids(50).optional().meta({ description: 'Asked for, read or not.' }),
    preferredSkills: Ids(50).optional().meta({ description: 'Nice to have, read or not.' }),
    ignoredSkills: Ids(50).optional().meta({ description: 'Not asked for; their words do not count either.' }),
    ignoredRequirements: z
      .array(z.enum(['places', 'years', 'languages', 'workModes', 'seniority']))
      .max(5)
      .optional()
      .meta({ description: 'Whatever was read of these does not count; their words are still searched for.' }),
    titles: Ids(20).optional().meta({ description: 'In the place of the titles that were read; [] for none.' }),
  })
  .meta({ description: 'Corrects what was understood: ids of `understood` or of the taxonomy.' });
export type Corrections = z.output<typeof Corrections>;

/** @throws Problem `input.invalid` naming the id that the taxonomy does not know, or that stands in two lists */
export function correct(recognizer: Recognizer, read: Read, corrections: Corrections | undefined): Read {
  if (!corrections) return read;
  refuseMistakes(recognizer, corrections);
  const {
    requiredSkills = [],
    preferredSkills = [],
    ignoredSkills = [],
    ignoredRequirements = [],
    titles,
  } = corrections;
  const importance = new Map<string, Importance>([
    ...requiredSkills.map((id) => [id, 'required'] as const),
    ...preferredSkills.map((id) => [id, 'preferred'] as const),
  ]);
  const { understood } = read;
  const ignored = new Set(ignoredSkills);
  const kept = understood.skills
    .map((group) => ({ ...group, anyOf: group.anyOf.filter(({ id }) => !ignored.has(id)) }))
    .filter(({ anyOf }) => anyOf.length > 0)
    .map((group) => {
      const put = group.anyOf.map(({ id }) => importance.get(id)).filter((wanted) => wanted !== undefined);
      return { ...group, importance: put.includes('required') ? 'required' : (put[0] ?? group.importance) };
    });
  const have = new Set(kept.flatMap(({ anyOf }) => anyOf.map(({ id }) => id)));
  const added = [...importance].filter(([id]) => !have.has(id));
  const gone = understood.skills.flatMap(({ anyOf }) => anyOf.filter(({ id }) => ignored.has(id)));
  return {
    asking: gone.reduce((asking, { at }) => (at ? blankAt(asking, at) : asking), read.asking),
    understood: {
      ...understood,
      skills: [
        ...kept,
        ...added.map(([id, wanted]) => ({
          anyOf: [{ id, label: recognizer.skillById(id)?.label ?? id }],
          importance: wanted,
        })),
      ],
      ignored: [
        ...understood.ignored.filter(({ id }) => !importance.has(id) && !ignored.has(id)),
        ...gone.map((skill) => ({ ...skill, because: 'correction' as const })),
      ],
      ...(titles && titlesOf(recognizer, understood, titles)),
      ...Object.fromEntries(ignoredRequirements.map((name) => [name, name === 'years' ? {} : []])),
    },
  };
}

function titlesOf(recognizer: Recognizer, understood: Understanding, ids: readonly string[]) {
  const titles = [...new Set(ids)].flatMap((id) => recognizer.titleById(id) ?? []);
  const read = new Map(understood.titles.map((title) => [title.id, title]));
  return {
    titles: titles.map(({ id, labels, isco }) => ({
      id,
      label: labels.pt?.[0] ?? labels.en?.[0] ?? id,
      ...(isco && { isco }),
      ...read.get(id),
    })),
    functions: [...new Set(titles.map((title) => title.function))].filter((name) => name !== 'other'),
  };
}

function refuseMistakes(recognizer: Recognizer, corrections: Corrections): void {
  const { titles = [], ignoredRequirements: _, ...skills } = corrections;
  const seen = new Map<string, string>();
  const mistakes: Detail[] = [];
  for (const [list, ids] of Object.entries(skills)) {
    for (const [i, id] of (ids ?? []).entries()) {
      const path = `corrections.${list}[${i}]`;
      const other = seen.get(id);
      if (!recognizer.skillById(id)) mistakes.push({ path, message: 'is no skill id: take ids from "understood"' });
      else if (other !== undefined && other !== list)
        mistakes.push({ path, message: `is also in ${other}: leave it in one of the two` });
      seen.set(id, list);
    }
  }
  for (const [i, id] of titles.entries())
    if (!recognizer.titleById(id))
      mistakes.push({ path: `corrections.titles[${i}]`, message: 'is no title id: take ids from "understood"' });
  if (mistakes.length > 0) throw new Problem('input.invalid', mistakes);
}

const blankAt = (text: string, { start, end }: Span): string =>
  text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
