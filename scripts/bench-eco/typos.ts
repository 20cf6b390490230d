import type { TaxonomyOccupation } from '../../functions/src/contract/taxonomy.ts';
import { fold } from '../../functions/src/domain/text/tokens.ts';
import { Random } from '../demo/random.ts';

/** A misspelt title, and every occupation that has the title it was made of. */
export interface Misspelt {
  readonly written: string;
  readonly meant: string;
  readonly language: 'pt-BR' | 'en';
  readonly owners: ReadonlySet<string>;
}

// What lies beside a key on a Brazilian keyboard.
const beside: Readonly<Record<string, string>> = {
  a: 'sqz', b: 'vnh', c: 'xvd', d: 'sfe', e: 'wrd', f: 'dgr', g: 'fht', h: 'gjy', i: 'uok', j: 'hku', k: 'jli', l: 'kop', m: 'nk',
  n: 'bmj', o: 'ipl', p: 'ol', q: 'wa', r: 'etf', s: 'adw', t: 'ryg', u: 'yij', v: 'cbf', w: 'qes', x: 'zcs', y: 'tuh', z: 'xa',
}; // biome-ignore format: a keyboard

/** Distinct misspelt titles of what Brazilian recruiters meet: labels of CBO, ESCO and adverts, in Portuguese and, one in four, English. */
export function misspeltTitles(occupations: readonly TaxonomyOccupation[], count: number, seed: string): Misspelt[] {
  const random = new Random(seed);
  const owners = new Map<string, Set<string>>();
  const labels = { 'pt-BR': [] as string[], en: [] as string[] };
  for (const { id, system, labels: own } of occupations) {
    if (system === 'onet') continue;
    for (const language of ['pt-BR', 'en'] as const) {
      for (const label of own[language] ?? []) {
        const key = fold(label);
        const known = owners.get(key);
        if (known) known.add(id);
        else if (label.length >= 6 && label.length <= 100) {
          owners.set(key, new Set([id]));
          labels[language].push(label);
        }
      }
    }
  }
  const made = new Map<string, Misspelt>();
  while (made.size < count) {
    const language = random.chance(0.25) ? 'en' : 'pt-BR';
    const meant = random.pick(labels[language]);
    const written = misspell(meant, random);
    if (!owners.has(fold(written)))
      made.set(written, { written, meant, language, owners: owners.get(fold(meant)) ?? new Set() });
  }
  return [...made.values()];
}

/** One slip in a title, two in one of more than twelve letters: a letter left out, doubled, swapped with the next or missed by a key. */
function misspell(title: string, random: Random): string {
  let text = title;
  for (let slips = title.length > 12 ? 2 : 1; slips > 0; slips--) text = slip(text, random);
  return text;
}

function slip(text: string, random: Random): string {
  const letters = [...text.matchAll(/\p{L}/gu)].map(({ index }) => index);
  const at = random.pick(letters);
  const [before, letter, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
  const near = beside[fold(letter)];
  switch (random.int(1, 4)) {
    case 1:
      return before + after;
    case 2:
      return before + letter + letter + after;
    case 3:
      return before + after.charAt(0) + letter + after.slice(1);
    default:
      return near ? before + random.pick([...near]) + after : before + after;
  }
}
