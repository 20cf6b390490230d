import { fold } from '../text/tokens.ts';
import type { Importance, Span } from './understanding.ts';

interface Thing<Value> extends Span {
  readonly value: Value;
  readonly wanted: Importance;
}
interface Group<Value> {
  readonly anyOf: Value[];
  importance: Importance;
}

const filler =
  '(?:experiencia (?:com|em)|conhecimentos? (?:de|em)|experience (?:with|in)|knowledge of|com|em|with|in)?\\s*';
const level =
  '(?:(?:\\([^)]*\\)|(?:nivel )?(?:basic[oa]|intermediari[oa]|avancad[oa]|fluente|nativ[oa]|tecnic[oa]|advanced|fluent|native|intermediate)|[abc][12])\\s*)?';
const or = new RegExp(`^\\s*${level}(?:,?\\s*(?:e\\/ou|and\\/or|ou|or)\\s+${filler}|\\/\\s*)$`);
const comma = /^\s*,\s*$/;
const and = /^\s*,?\s*(?:e|and)\s+$/;
const oneOf =
  /\b(?:(?:ao|pelo) menos um[ao]?|um[ao]? (?:das|dos) seguintes|um[ao]? (?:destas|dessas|desses|destes)|one of|any of|at least one)\b[^.\n]*$/;

/**
 * Things in the order of the text, those that the text offers as alternatives together: joined by "ou", "or" or a slash, a
 * list that ends so ("AWS, GCP ou Azure"), or a list after "pelo menos uma". A group is wanted as much as its first.
 */
export function alternativesOf<Value>(text: string, things: readonly Thing<Value>[]): Group<Value>[] {
  const joints = things.slice(1).map((thing, i) => jointOf(text, things[i], thing));
  // Whether the list that goes on at a joint is closed by "ou", with only commas before it.
  const endsInOr: boolean[] = [];
  for (let i = joints.length - 1; i >= 0; i--)
    endsInOr[i] = joints[i] === 'or' || (joints[i] === 'comma' && endsInOr[i + 1] === true);
  const groups: Group<Value>[] = [];
  let isChoice = false;
  for (const [i, { value, wanted, start }] of things.entries()) {
    const joint = joints[i - 1];
    const group = groups.at(-1);
    if (joint === undefined || joint === 'apart')
      isChoice = oneOf.test(fold(text.slice(Math.max(0, start - 80), start)));
    const joins =
      joint === 'or' || (joint === 'comma' && (isChoice || endsInOr[i - 1])) || (joint === 'and' && isChoice);
    if (group && joins) group.anyOf.push(value);
    else groups.push({ anyOf: [value], importance: wanted });
  }
  return groups;
}

type Joint = 'or' | 'comma' | 'and' | 'apart';

function jointOf(text: string, before: Span | undefined, after: Span): Joint {
  const between = fold(text.slice(before?.end, after.start));
  if (/\n/.test(between)) return 'apart';
  return or.test(between) ? 'or' : comma.test(between) ? 'comma' : and.test(between) ? 'and' : 'apart';
}
