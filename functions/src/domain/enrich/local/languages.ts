import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { SourceText } from '../../../contract/quote.ts';
import type { Recognizer } from '../../text/recognizer.ts';
import { quote } from './claims.ts';
import type { Line } from './lines.ts';
import type { Section } from './sections.ts';

type Language = EnrichedClaims['languages'][number];

const levels: readonly (readonly [NonNullable<Language['level']>, RegExp])[] = [
  ['native', /nativ[oae]|mother tongue|first language|lingua materna|materna|bilingue|bilingual/],
  ['C2', /(?<![a-z])c2(?![a-z\d])|proficien(?:te|cia|t|cy)|full professional|mastery/],
  ['C1', /(?<![a-z])c1(?![a-z\d])|fluent(?:e|ly)?|fluencia|avancad[oa]|advanced|professional working|excellent/],
  [
    'B2',
    /(?<![a-z])b2(?![a-z\d])|intermediario avancado|upper[- ]intermediate|conversa(?:cional|tional)|professional|very good|bom|good/,
  ],
  ['B1', /(?<![a-z])b1(?![a-z\d])|intermediari[oa]|intermediate|limited working|medio/],
  ['A2', /(?<![a-z])a2(?![a-z\d])|(?:pre-?|low(?:er)? )intermedi\w+|basic[oa]?|elementary|elementar|nocoes/],
  ['A1', /(?<![a-z])a1(?![a-z\d])|iniciante|beginner|tecnico para leitura/],
];
/** Where no heading says that it is about languages, one has to be told with how well it is known. */
const told =
  /fluen|avancad|intermedi|basic|nativ|advanced|native|proficien|bilingu|(?<![a-z])[abc][12](?![a-z\d])|idioma|language|conversa/;

/** The languages somebody speaks, with their level on the European scale; `fluente` and `avançado` count as C1. */
export function languagesIn(recognizer: Recognizer, source: SourceText, sections: readonly Section[]): Language[] {
  const found = new Map<string, Language>();
  for (const { kind, lines } of sections) {
    for (const line of lines) {
      const isNamed = kind === 'languages';
      if (line.text.length > 400 || !(isNamed || told.test(line.flat))) continue;
      for (const language of inLine(recognizer, source, line, isNamed)) {
        const known = found.get(language.code);
        if (!known || (known.level === null && language.level !== null)) found.set(language.code, language);
      }
    }
  }
  return [...found.values()].slice(0, 20);
}

function inLine(recognizer: Recognizer, source: SourceText, line: Line, isNamed: boolean): Language[] {
  const mentions = recognizer.languages(line.text);
  return mentions.flatMap(({ value: code, start, end }, i) => {
    // `Inglês (C1), espanhol básico`: a level stands behind its language; `fluent in English` before it.
    const next = mentions[i + 1]?.start ?? line.flat.length;
    const after = line.flat.slice(end, Math.min(next, end + 60));
    const before = line.flat.slice(Math.max(mentions[i - 1]?.end ?? 0, start - 40), start);
    const level = levelIn(untilComma(after)) ?? levelIn(before.slice(before.lastIndexOf(',') + 1)) ?? levelIn(after);
    if (!level && !isNamed) return [];
    return [
      {
        code,
        level: level ?? null,
        confidence: isNamed ? 0.95 : 0.75,
        evidence: [quote(source, line.start, line.end)],
      },
    ];
  });
}

const untilComma = (text: string) => text.slice(0, 2) + (text.slice(2).split(/[,;|•]/, 1)[0] ?? '');

function levelIn(text: string): NonNullable<Language['level']> | undefined {
  const cefr = /(?<![a-z])([abc][12])(?![a-z\d])/.exec(text)?.[1]?.toUpperCase();
  return (cefr as Language['level']) ?? levels.find(([, form]) => form.test(text))?.[0];
}
