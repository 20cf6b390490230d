/** How much a thing that a sentence names is wanted; `negated`: said not to be. */
export type Wanted = 'required' | 'preferred' | 'negated';

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Cue extends Span {
  readonly says: Wanted;
  /** Speaks of what stands before it, and not of what follows. */
  readonly trailing: boolean;
  readonly plural: boolean;
}

const needed = 'necessari[oa]s?|exigid[oa]s?|obrigatori[oa]s?|imprescindive(?:l|is)|requisitos?';
const cueWords = new RegExp(
  [
    // `sem` and `no` deny what follows at once; `no` is also Portuguese for "in the", which is asked of the text.
    `(?<negated>\\bnao (?:e |sao |sera |serao |ha )?(?:${needed}|preciso|precisa(?:mos)?|necessita(?:mos)?|exig\\w+|e preciso|necessidade)(?: (?:ter|saber|de|conhecimento|experiencia))*` +
      "|\\b(?:is |are )?(?:not|n['’]t) (?:be )?(?:required|needed|necessary|mandatory|a must)|\\bno need (?:for|to know)|\\bdispensa(?:-se|mos)?\\b|\\b(?:sem|without|except|exceto)\\b|(?<=^|[,;:(.]\\s*|\\bbut )no(?= ))",
    '(?<preferred>\\b(?:desejave(?:l|is)|diferencia(?:l|is)|(?:sera |seria |e )?um plus|nice[ -]to[ -]haves?|preferred|preferably|bonus|(?:is |are )?(?:a |an )?(?:plus|advantage)\\b|ideally|preferencialmente|de preferencia|conta(?:m|ra)? pontos|good to have|optional|opcional)\\b)',
    `(?<required>\\b(?:${needed}|required|requirements?|must[ -]haves?|must|mandatory|essencia(?:l|is)|essential|indispensave(?:l|is)|fundamenta(?:l|is)|precisa(?:mos)? (?:de|ter))\\b)`,
  ].join('|'),
  'g',
);

/**
 * How much each of the named things is wanted, by the cues of their sentence; undefined where none speaks of it. A cue speaks
 * of what follows it, or, when something was named since the cue before it, of that: "Java obrigatório, Kafka desejável".
 * @param sentence folded, with offsets as in the text it was taken from; @param named in order, offsets into the sentence
 */
export function wantedIn(sentence: string, named: readonly Span[], isPortuguese: boolean): (Wanted | undefined)[] {
  const cues = cuesOf(sentence, named, isPortuguese);
  return named.map((thing) => {
    const trailing = cues.find((cue, i) => cue.trailing && reachesBack(sentence, cue, cues[i - 1], thing));
    if (trailing) return trailing.says;
    const leading = cues.findLast(
      (cue) =>
        !cue.trailing && cue.end <= thing.start && (cue.says !== 'negated' || !isCut(sentence, cue.end, thing.start)),
    );
    return leading?.says;
  });
}

function cuesOf(sentence: string, named: readonly Span[], isPortuguese: boolean): Cue[] {
  const cues: Cue[] = [];
  for (const match of sentence.matchAll(cueWords)) {
    if (isPortuguese && match[0] === 'no') continue;
    const [start, end] = [match.index, match.index + match[0].length];
    const since = cues.at(-1)?.end ?? 0;
    const says = match.groups?.['negated'] ? 'negated' : match.groups?.['preferred'] ? 'preferred' : 'required';
    const opens = /^\s*:/.test(sentence.slice(end)) || /^(?:sem|without|except|exceto|no\b)/.test(match[0]);
    const trailing = !opens && named.some((thing) => thing.start >= since && thing.end <= start);
    cues.push({ start, end, says, trailing, plural: /\b(?:sao|serao|are)\b|s$/.test(match[0]) });
  }
  return cues;
}

// "Java, Kafka não é necessário" denies Kafka alone; "Java, Kafka e Go não são necessários" all three.
function reachesBack(sentence: string, cue: Cue, previous: Cue | undefined, thing: Span): boolean {
  if (thing.end > cue.start || thing.start < (previous?.end ?? 0)) return false;
  // "é" is no "e": what links the cue to its subject is no conjunction.
  const between = sentence.slice(thing.end, cue.start).replace(/\b(?:e|is|sera|seria)(?: uma?| an?)?\s*$/, '');
  const last = between.split(/[,;]|\b(?:mas|porem|but|however)\b/).at(-1) ?? '';
  return last === between || (cue.plural && !/;/.test(between)) || /\b(?:e|and|ou|or)\b/.test(last);
}

const isCut = (sentence: string, from: number, to: number): boolean =>
  /[,;]|\b(?:mas|porem|but|however)\b/.test(sentence.slice(from, to));
