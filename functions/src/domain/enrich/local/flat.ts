import { fold } from '../../text/tokens.ts';

/** The text in lower case without accents, unit for unit: an offset into it is an offset into the text. */
export const flat = (text: string): string =>
  text.replace(/[^\0-\x60\x7b-\x7f]|[A-Z]/g, (unit) => {
    const folded = fold(unit);
    return folded.length === unit.length ? folded : unit;
  });
