import { openBestLabels } from '../matching/best-labels.ts';
import { openLexicalIndex } from '../matching/lexical-index.ts';
import { likeness } from './likeness.ts';

/** A title of an occupation; `place` 0 for the preferred one. */
export interface Title {
  readonly text: string;
  readonly occupation: string;
  readonly place: number;
}

/** An occupation by the title of it that is nearest to what was asked. */
export interface TitleMatch {
  readonly occupation: string;
  readonly title: Title;
  /** How far the two agree, 0..1; 1 when they are the same but for case and accents. */
  readonly confidence: number;
}

export interface TitleIndex {
  readonly size: number;
  /**
   * The occupations with the titles nearest to any of these readings of one title, best first, ties by id, at most `limit`
   * and none below `leastConfidence`. `accept` says which of the titles count.
   */
  find(readings: readonly string[], limit: number, accept?: (title: Title) => boolean): TitleMatch[];
}

/** The lexical index's highest score. */
const wholeScore = 1.5;
/** Of this many by the lexical index the confidence is made. */
const looked = 60;
/** Half of a title's words found in another of four is less than this. */
const leastConfidence = 0.3;
/** Among equals the preferred title goes before an alternative one, and the first reading before the others. */
const alternative = 0.98;
const otherReading = 0.97;

/** Confidence = (L / 1.5 + Dice) / 2: the lexical index's score, and the likeness of the two texts letter by letter. */
export function openTitleIndex(titles: readonly Title[]): TitleIndex {
  const index = openLexicalIndex(titles.map(({ text }) => text));
  const best = openBestLabels(titles.map(({ text, occupation }) => ({ text, concept: occupation })));
  return {
    size: titles.length,
    find(readings, limit, accept = () => true) {
      const found = new Map<string, TitleMatch>();
      for (const [turn, reading] of readings.entries()) {
        index.match(reading, (row, score) => {
          if (accept(titles[row] as Title)) best.meet(row, score);
        });
        for (const { concept, label, score } of best.take(looked)) {
          const title = titles[label] as Title;
          const agreement = (score / wholeScore + likeness(reading, title.text)) / 2;
          const worth = (title.place === 0 ? 1 : alternative) * (turn === 0 ? 1 : otherReading);
          const confidence = Math.round(Math.min(1, agreement * worth) * 1_000) / 1_000;
          if (confidence >= leastConfidence && confidence > (found.get(concept)?.confidence ?? 0))
            found.set(concept, { occupation: concept, title, confidence });
        }
      }
      return [...found.values()]
        .sort((a, b) => b.confidence - a.confidence || (a.occupation < b.occupation ? -1 : 1))
        .slice(0, limit);
    },
  };
}
