import { measureAdhoc } from './adhoc.ts';
import { readCollection } from './collections.ts';
import type { Engine } from './engine.ts';
import { readJudged } from './judged.ts';
import type { Task } from './plan.ts';
import { readSentences } from './sentences.ts';
import { measureSkills } from './skills.ts';
import { measureTitleToConcept, readTitledConcepts } from './title-to-concept.ts';
import { measureTitles } from './titles.ts';

/** One set of judged queries, run once. */
export interface Result {
  readonly set: string;
  readonly ranker: 'lexical' | 'lexical + learned';
  readonly measures: Readonly<Record<string, number>>;
}

export interface Asked {
  readonly dataset: string;
  readonly task: Task;
  /** At most so many queries, evenly spread. */
  readonly sample: number;
  /** Tables whose name begins so, where a folder holds several. */
  readonly table?: string;
}

/** Measures the engine on one folder. @throws DatasetError when the folder is not in a form that is known */
export async function evaluate(
  { dataset, task, sample, table = '' }: Asked,
  engine: () => Promise<Engine>,
): Promise<Result[]> {
  switch (task) {
    case 'adhoc':
      return [{ set: '', ranker: 'lexical', measures: await measureAdhoc(readCollection(dataset)) }];
    case 'titles': {
      const judged = readJudged(dataset);
      const opened = await engine();
      return [
        { set: '', ranker: 'lexical', measures: measureTitles(judged, opened, true, sample) },
        { set: '', ranker: 'lexical + learned', measures: measureTitles(judged, opened, false, sample) },
      ];
    }
    case 'title-to-concept': {
      const sets = readTitledConcepts(dataset);
      const opened = await engine();
      return sets
        .filter(({ name }) => name.startsWith(table))
        .map((set) => ({
          set: set.name,
          ranker: 'lexical + learned',
          measures: measureTitleToConcept(set, opened, sample),
        }));
    }
    case 'skills': {
      const { sets, vocabulary } = readSentences(dataset);
      const opened = await engine();
      const skills = vocabulary
        ? vocabulary.map((id) => opened.skills.get(id) ?? { id, names: [id] })
        : [...opened.skills.values()];
      return sets
        .filter(({ name }) => name.startsWith(table))
        .map((set) => ({
          set: set.name,
          ranker: 'lexical + learned',
          measures: measureSkills(set, skills, opened, sample),
        }));
    }
  }
}
