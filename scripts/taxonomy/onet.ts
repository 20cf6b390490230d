import type { TaxonomyRelated, TaxonomyTasks, TaxonomyTechnology } from '../../functions/src/contract/taxonomy.ts';
import { byCode } from '../lexicon/names.ts';
import { readTable } from '../lexicon/tables.ts';
import { oneLine } from './labels.ts';
import { onetId } from './occupations.ts';

const code = 'O*NET-SOC Code';

interface OnetParts {
  readonly tasks: TaxonomyTasks[];
  readonly technologies: TaxonomyTechnology[];
  readonly related: TaxonomyRelated[];
}

/** What O*NET says of its occupations. @param positions of occupations by id */
export function readOnet(from: string, positions: ReadonlyMap<string, number>): OnetParts {
  const table = (name: string) => readTable(`${from}/taxonomies/onet_29_2/${name}.tsv.gz`);
  const at = (name: string) => {
    const position = positions.get(onetId(name));
    if (position === undefined) throw new Error(`O*NET names the occupation ${name}, which Occupation_Data lacks`);
    return position;
  };

  const tasks = new Map<number, { core: string[]; supplemental: string[] }>();
  for (const row of table('Task_Statements')) {
    const position = at(row.get(code));
    const found = tasks.get(position) ?? { core: [], supplemental: [] };
    tasks.set(position, found);
    found[row.get('Task Type') === 'Supplemental' ? 'supplemental' : 'core'].push(oneLine(row.get('Task')));
  }

  const technologies = new Map<string, { category: string; hot: boolean; occupations: Set<number> }>();
  for (const row of table('Technology_Skills')) {
    const name = oneLine(row.get('Example'));
    const found = technologies.get(name) ?? {
      category: row.get('Commodity Title'),
      hot: row.get('Hot Technology') === 'Y',
      occupations: new Set(),
    };
    technologies.set(name, found);
    found.occupations.add(at(row.get(code)));
  }

  const related = new Map<number, { position: number; index: number }[]>();
  for (const row of table('Related_Occupations')) {
    const position = at(row.get(code));
    const found = related.get(position) ?? [];
    related.set(position, found);
    found.push({ position: at(row.get('Related O*NET-SOC Code')), index: Number(row.get('Index')) });
  }

  const byPosition = <Value>(map: ReadonlyMap<number, Value>) => [...map].sort(([a], [b]) => a - b);
  return {
    tasks: byPosition(tasks).map(([occupation, { core, supplemental }]) => ({ occupation, core, supplemental })),
    technologies: [...technologies]
      .sort(([a], [b]) => byCode(a, b))
      .map(([name, { category, hot, occupations }]) => ({
        name,
        category,
        hot,
        occupations: [...occupations].sort((a, b) => a - b),
      })),
    related: byPosition(related).map(([occupation, found]) => ({
      occupation,
      related: found.sort((a, b) => a.index - b.index).map(({ position }) => position),
    })),
  };
}
