import type { EcoId } from '../../../contract/ids.ts';
import type { Lexicon } from '../../../contract/lexicon.ts';
import type { LocalModel } from '../../../platform/local-embedder.ts';
import { findOccupations } from '../../eco/find-occupations.ts';
import type { Occupations } from '../../eco/occupations.ts';
import { type Recognizer, recognizerOf } from '../../text/recognizer.ts';

/** What the local analyst reads with; `occupations` is what `occupationsOf(taxonomy)` opened. */
export interface AnalystTools {
  readonly lexicon: Lexicon;
  readonly occupations: Occupations;
  readonly localModel: LocalModel;
}

/** The tools of one analysis. */
export interface Reading {
  readonly recognizer: Recognizer;
  /** The occupation that a title names and how sure that is; asked once for each title. */
  occupationOf(title: string): { ecoId: EcoId; confidence: number } | undefined;
}

/** Below, a title is more likely something else than the nearest occupation. */
const leastSure = 0.5;
/** Looking one up takes milliseconds, and a person has had so many jobs. */
const mostTitles = 60;

export function readingOf({ lexicon, occupations, localModel }: AnalystTools): Reading {
  const found = new Map<string, ReturnType<Reading['occupationOf']>>();
  const look = (title: string) => {
    // Resumes from Brazil in either language: its classification, ESCO and the market's own titles know both.
    const [best] = findOccupations(
      { occupations, own: undefined, model: localModel },
      { title: title.slice(0, 120), locale: 'pt-BR', country: 'BR', limit: 1 },
    ).occupations;
    return best && best.confidence >= leastSure ? best : undefined;
  };
  return {
    recognizer: recognizerOf(lexicon),
    occupationOf(title) {
      if (!found.has(title)) found.set(title, found.size < mostTitles ? look(title) : undefined);
      return found.get(title);
    },
  };
}
