import { type DataFile, DatasetError, fileLike, readBytes, readText } from './files.ts';
import { check, type Item, type Judged, judgements, readJudged } from './judged.ts';

/**
 * A retrieval collection of whole documents: like `readJudged`, or with queries and corpus in the form of TREC (`<DOC>` with
 * `<DOCNO>`, `<top>` with `<num>`), of SMART (`.I 1` and `.W`), or a tar of one file for each document.
 */
export function readCollection(folder: string): Judged {
  const queriesFile = fileLike(folder, /quer(y|ies)|topics|\.qry$/i, 'queries');
  const corpusFile = fileLike(
    folder,
    /corpus|documents|elements|collection|\.all|^(?!.*(qrel|topic|quer|qry|source)).*$/i,
    'a corpus',
  );
  const queries = structured(queriesFile, true);
  const documents = structured(corpusFile, false);
  if (!queries || !documents) return readJudged(folder);
  const relevant = judgements(fileLike(folder, /qrel|annotation/i, 'judgements'));
  return check(folder, { queries, documents, relevant, conceptOf: new Map() });
}

function structured(file: DataFile, areQueries: boolean): Item[] | undefined {
  if (/\.(tar|tgz)(\.gz)?$/.test(file.path)) return untar(readBytes(file.path));
  const text = readText(file.path);
  if (/^\s*<(doc|top)>/i.test(text)) return fromTrec(text);
  if (/^\.I\s/.test(text)) return fromSmart(text, areQueries);
  return undefined;
}

function fromTrec(text: string): Item[] {
  return [...text.matchAll(/<(doc|top)>([\s\S]*?)<\/\1>/gi)].map(([, , body = '']) => {
    const number = /<(?:docno|num)>\s*(?:Number:)?\s*([^<\s]+)(?:\s*<\/(?:docno|num)>)?/i.exec(body);
    if (!number?.[1]) throw new DatasetError('A <DOC> or <top> has no <DOCNO> or <num>.');
    return { id: number[1], text: withoutTags(body.replace(number[0], ' ')) };
  });
}

// Cranfield's judgements count its queries from 1, whatever their .I says.
function fromSmart(text: string, countIds: boolean): Item[] {
  return text
    .split(/^\.I\s+/m)
    .slice(1)
    .map((part, i) => {
      const [number = '', ...lines] = part.split('\n');
      const words = lines.filter((line) => !/^\.[A-Z]\s*$/.test(line)).join('\n');
      return { id: countIds ? String(i + 1) : number.trim(), text: words };
    });
}

function untar(bytes: Buffer): Item[] {
  const items: Item[] = [];
  const field = (at: number, from: number, length: number) =>
    bytes
      .toString('latin1', at + from, at + from + length)
      .replace(/\0.*$/s, '')
      .trim();
  for (let at = 0; at + 512 <= bytes.length; ) {
    const name = field(at, 0, 100);
    const size = Number.parseInt(field(at, 124, 12) || '0', 8);
    const type = field(at, 156, 1);
    if (name !== '' && (type === '' || type === '0')) {
      const id = name.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
      items.push({ id, text: withoutTags(bytes.toString('utf8', at + 512, at + 512 + size)) });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return items;
}

const withoutTags = (text: string) => text.replace(/<[^>]*>/g, ' ');
