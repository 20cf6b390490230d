import { seniorityLadder } from '../../functions/src/contract/candidate.ts';
import type { TaxonomyTitleForm } from '../../functions/src/contract/taxonomy.ts';
import { readTable } from '../lexicon/tables.ts';

const table = (name: string) => readTable(new URL(`title-${name}.tsv`, import.meta.url));

/** The hand-written lists of how titles are written. @throws Error naming a level that is not on the ladder */
export function readTitleForms(): TaxonomyTitleForm[] {
  return [
    ...table('abbreviations').map((row) => ({
      kind: 'abbreviation' as const,
      written: row.get('written'),
      meant: row.list('meant'),
    })),
    ...table('levels').flatMap((row) => {
      const level = seniorityLadder.find((known) => known === row.get('level'));
      if (!level) throw new Error(`title-levels.tsv: "${row.get('level')}" is none of ${seniorityLadder.join(', ')}`);
      return row.list('written').map((written) => ({ kind: 'level' as const, written, level }));
    }),
    ...table('gender-marks').map((row) => ({ kind: 'gender-mark' as const, written: row.get('mark') })),
    ...table('noise').map((row) => ({ kind: 'noise' as const, written: row.get('written') })),
  ];
}
