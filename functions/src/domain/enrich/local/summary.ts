import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import { quote } from './claims.ts';
import type { Said } from './said.ts';

const longest = 600;
const most = 5;

/** The person's own first sentences about themselves, else the first about what they did. */
export function summaryOf(about: readonly Said[], did: readonly Said[]): EnrichedClaims['summary'] {
  const from = about.some(({ passage }) => isSentence(passage.text)) ? about : did;
  const chosen: Said[] = [];
  let length = 0;
  for (const said of from) {
    const { text } = said.passage;
    if (!isSentence(text) || chosen.some(({ passage }) => passage.text === text)) continue;
    if (chosen.length === most || length + text.length > longest) break;
    chosen.push(said);
    length += text.length + 1;
  }
  if (chosen.length === 0) return null;
  return {
    text: chosen.map(({ passage: { text } }) => (/[.!?;]$/.test(text) ? text : `${text}.`)).join(' '),
    evidence: chosen.map(({ source, passage }) => quote(source, passage.start, passage.end)),
  };
}

const isSentence = (text: string) =>
  text.length >= 30 && text.length <= 400 && text.split(' ').length >= 5 && !/@|https?:/.test(text);
