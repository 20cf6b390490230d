import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { CrosswalkMatch, TaxonomyGroupLink, TaxonomyLink } from '../../functions/src/contract/taxonomy.ts';
import { readTable } from '../lexicon/tables.ts';
import { type DescribedOccupation, escoId, onetId } from './occupations.ts';

// How sure a published link makes that a person in the one occupation is one of the other.
const confidences: Readonly<Record<CrosswalkMatch, number>> = {
  exact: 0.95,
  close: 0.85,
  broad: 0.7,
  narrow: 0.7,
  related: 0.5,
};

const matches: Readonly<Record<string, CrosswalkMatch>> = {
  exactMatch: 'exact',
  closeMatch: 'close',
  broadMatch: 'broad',
  narrowMatch: 'narrow',
};

/**
 * The links from O*NET to ESCO that the two published together, and from O*NET to ISCO-08 groups where they named a group.
 * What only the reverse table lists, which says nothing of the kind of match, counts as `related`.
 */
export function officialLinks(from: string, occupations: readonly DescribedOccupation[]) {
  const folder = `${from}/taxonomies/crosswalks`;
  const positions = new Map(occupations.map(({ id }, position) => [id, position]));
  const byCode = new Map(occupations.flatMap(({ code }, position) => (code === undefined ? [] : [[code, position]])));
  const links = new Map<string, TaxonomyLink>();
  const groupLinks: TaxonomyGroupLink[] = [];
  const link = (from: number, to: number, match: CrosswalkMatch) => {
    const key = `${from} ${to}`;
    if (!links.has(key)) links.set(key, { from, to, match, method: 'official', confidence: confidences[match] });
  };
  for (const [onet, uri, kind] of readPublished(`${folder}/crosswalk_esco_onet.csv.gz`)) {
    const occupation = positions.get(onetId(onet));
    if (occupation === undefined) continue;
    const match = matches[kind];
    const esco = positions.get(escoId(uri));
    if (match !== undefined && esco !== undefined) link(occupation, esco, match);
    const isco = /\/isco\/C(\d{4})$/.exec(uri)?.[1];
    if (kind === 'exactISCO' && isco !== undefined) {
      groupLinks.push({ occupation, isco, method: 'official', confidence: confidences.exact });
    }
  }
  for (const row of readTable(`${folder}/crosswalk_esco_onet_reverse.csv.gz`)) {
    const occupation = positions.get(onetId(row.get('O*NET-SOC 2019 Code')));
    const esco = byCode.get(row.get('ESCO/ISCO Code'));
    if (occupation !== undefined && esco !== undefined) link(occupation, esco, 'related');
  }
  return { links: [...links.values()], groupLinks };
}

/** O*NET code, ESCO or ISCO URI and kind of match; the table stands below seventeen lines about itself. */
function readPublished(path: string): (readonly [string, string, string])[] {
  const rows: string[][] = parse(gunzipSync(readFileSync(path)), { bom: true, relax_column_count: true });
  const header = rows.findIndex((row) => row[0] === 'O*NET Id');
  if (header < 0) throw new Error(`${path} has no header "O*NET Id"`);
  return rows.slice(header + 1).map((row) => [row[0] ?? '', row[3] ?? '', row[6] ?? ''] as const);
}
