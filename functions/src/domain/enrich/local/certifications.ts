import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { SourceText } from '../../../contract/quote.ts';
import { quote } from './claims.ts';
import { datesIn } from './dates.ts';
import type { Section } from './sections.ts';

type Certification = EnrichedClaims['certifications'][number];

const certified =
  /(?<![\p{L}])(?:certifi(?:ed|cate|cation|cado|cada|cacao)|crea|crc|coren|oab|crm|pmp|itil|scrum master|aws certified|cpa-?\d{1,2}|cfa|cisa|ccna|license)(?![\p{L}])/u;

/** One of each line under the heading of certifications, and of courses where the line says that it is one. */
export function certificationsIn(source: SourceText, sections: readonly Section[]): Certification[] {
  return sections
    .filter(({ kind }) => kind === 'certifications' || kind === 'courses')
    .flatMap(({ kind, lines }) =>
      lines.flatMap((line) => {
        if (line.text.length > 160 || (kind === 'courses' && !certified.test(line.flat))) return [];
        const [date] = datesIn(line.flat);
        const year = date?.from ?? date?.to;
        const to = date ? date.start : line.text.length;
        const name =
          line.text.slice(0, to).replace(/[\s,;:|(–—-]+$/u, '') ||
          line.text.slice(date?.end ?? 0).replace(/^[\s,;:|)–—-]+/u, '');
        if (!/\p{L}{2}/u.test(name)) return [];
        const evidence = [quote(source, line.start, line.end)];
        return [
          {
            name: name.slice(0, 200),
            year: year ? Number(year.slice(0, 4)) : null,
            confidence: kind === 'courses' ? 0.7 : 0.85,
            evidence,
          },
        ];
      }),
    )
    .slice(0, 50);
}
