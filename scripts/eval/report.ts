import type { DevelopmentSet } from './plan.ts';
import type { Result } from './run.ts';

export const figure = (value: number): string =>
  Number.isInteger(value) && value > 1 ? String(value) : value.toFixed(3).replace(/^0/, '');

/** What a result measured, in the order of its measures. */
export const measuresLine = (measures: Result['measures']): string =>
  Object.entries(measures)
    .map(([name, value]) => `${name} ${figure(value)}`)
    .join(', ');

export interface Row {
  readonly set: DevelopmentSet;
  readonly results: readonly Result[];
}

/** The results of all development sets as a table in Markdown. */
export function markdown(rows: readonly Row[], made: string): string {
  const lines = rows.map(({ set, results }) => {
    const [lexical, learned] = (['lexical', 'lexical + learned'] as const).map((ranker) =>
      results.find((result) => result.ranker === ranker),
    );
    const own = (result: Result | undefined) => {
      const value = result?.measures[set.measure];
      return value === undefined ? '' : figure(value);
    };
    const selfDropped = learned?.measures['MAP, self dropped'];
    const queries = (learned ?? lexical)?.measures['queries'] ?? 0;
    return [
      set.name,
      `${set.measure}${set.task === 'titles' ? ', self-matches kept' : ''}`,
      String(queries),
      own(lexical),
      own(learned),
      selfDropped === undefined ? '' : figure(selfDropped),
      set.aim === undefined ? '' : figure(set.aim),
      set.published,
    ];
  });
  const headings = [
    'set',
    'measure',
    'queries',
    'lexical',
    'lexical + learned',
    'self-matches dropped',
    'aim',
    'published',
  ];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [made, '', row(headings), row(headings.map(() => '---')), ...lines.map(row)].join('\n');
}

const begin = '<!-- results: written by npm run eval -->';
const end = '<!-- end of results -->';

/** The page with its results replaced; a page without a place for them gets one at its end. */
export function intoPage(page: string, results: string): string {
  const place = `${begin}\n\n${results}\n\n${end}`;
  const [before, rest] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || rest < before) return `${page.trimEnd()}\n\n${place}\n`.trimStart();
  return page.slice(0, before) + place + page.slice(rest + end.length);
}
