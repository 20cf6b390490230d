import type { degreeLevels } from '../../../contract/enriched-profile.ts';
import { flat } from './flat.ts';

type Level = (typeof degreeLevels)[number];

/** The first level whose words a text has; the order tells `pós-graduação` from `graduação` and `MBA` from `master`. */
const words: readonly (readonly [Level, RegExp])[] = [
  [
    'doctorate',
    /(?<![\p{L}])(?:doutorad[oa]|doutor(?:ando|anda|a)?|ph\.? ?d\.?|doctorate|doctor of|d\.?sc\.?|pos-?doutorado)(?![\p{L}])/u,
  ],
  ['mba', /(?<![\p{L}])(?:mba|master of business administration|master in business administration)(?![\p{L}])/u],
  [
    'postgraduate',
    /(?<![\p{L}])(?:pos[- ]?graduacao|pos[- ]?graduad[oa]|especializacao|lato sensu|residencia|postgraduate|post-graduate|graduate (?:certificate|diploma)|pgdip)(?![\p{L}])/u,
  ],
  [
    'master',
    /(?<![\p{L}])(?:mestrad[oa]|mestre|mestrand[oa]|master(?:'s|’s|s)?(?: degree)?(?: of| in)?|m\.? ?sc\.?|m\.?s\.(?= |,|$)|ms(?= in |,)|m\.?a\.(?= |,|$)|m\.? ?eng\.?|m\.? ?tech\.?|mphil|stricto sensu)(?![\p{L}])/u,
  ],
  [
    'technologist',
    /(?<![\p{L}])(?:tecnolog[oa]|superior de tecnologia|tecnologia em|cst em|associate(?:'s|’s)?(?: degree)?(?: of| in))(?![\p{L}])/u,
  ],
  [
    'technical',
    /(?<![\p{L}])(?:tecnico|tecnica|curso tecnico|ensino tecnico|tecnico em|technical (?:degree|course|diploma)|vocational|magisterio)(?![\p{L}])/u,
  ],
  [
    'bachelor',
    /(?<![\p{L}])(?:bacharel(?:ad[oa]|a)?|graduacao|graduad[oa]|graduand[oa]|licenciatura|licenciad[oa]|ensino superior|superior (?:completo|incompleto|em)|bachelor(?:'s|’s|s)?(?: degree)?(?: of| in)?|b\.? ?sc\.?|b\.? ?tech\.?|b\.?a\.(?= |,|$)|ba(?= in )|b\.?s\.(?= |,|$)|bs(?= )|b\.?e\.(?= |,|$)|b\.? ?eng\.?|bba|b\.? ?com\.?|llb|undergraduate)(?![\p{L}])/u,
  ],
  [
    'secondary',
    /(?<![\p{L}])(?:ensino medio|segundo grau|2[oº] grau|colegial|high school|secondary school|ged|ensino fundamental)(?![\p{L}])/u,
  ],
  [
    'course',
    /(?<![\p{L}])(?:curso|course|bootcamp|nanodegree|treinamento|workshop|extensao|diploma in|certificate in)(?![\p{L}])/u,
  ],
];

/** The level that a text names, and where. */
export function degreeOf(text: string): { level: Level; start: number; end: number } | undefined {
  const low = flat(text);
  for (const [level, form] of words) {
    const found = form.exec(low);
    if (found) return { level, start: found.index, end: found.index + found[0].length };
  }
  return undefined;
}

const schoolWord =
  /(?<![\p{L}])(?:universidade|university|universitari[oa]|faculdades?|faculty|college|institut[oe]|institute of|escola|school|colegio|academy|academia|centro (?:universitario|de ensino|federal)|fundacao|etec|fatec|senai|senac|sesi|puc|pontificia|usp|unicamp|unesp|ufrj|ufmg|ufrgs|ufsc|ufpr|ufpe|ufba|unb|fgv|insper|ibmec|mackenzie|estacio|unip|uninove|anhanguera|fiap|fei|ita|ime|cefet|if[a-z]{2}|uf[a-z]{1,3}|ue[a-z]{1,2}|mit|polytechnic|politecnica|coursera|udemy|alura|uninter|unopar|uni[a-z]{3,9})(?![\p{L}])/u;

export const namesSchool = (text: string): boolean => schoolWord.test(flat(text));
