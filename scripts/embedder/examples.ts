import type { InLanguages, TaxonomyParts } from '../../functions/src/contract/taxonomy.ts';

/** Something with names: a name is drawn for it each time it is shown. */
export interface Concept {
  /** Positions among all texts, each with how often it is drawn. */
  readonly names: readonly { readonly text: number; readonly weight: number }[];
}

/** Things that belong together: a concept, and a concept or a text. */
export interface Pair {
  readonly left: number;
  /** A concept, or -1 - a text. */
  readonly right: number;
  /** Pairs of one family are hard to tell apart; '' is none. */
  readonly family: string;
}

/** Pairs of one kind, which are shown `weight` times as often as those of another with 1, under a temperature of their own. */
export interface Relation {
  readonly name: string;
  readonly weight: number;
  readonly temperature: number;
  readonly pairs: readonly Pair[];
}

export interface Examples {
  readonly texts: readonly string[];
  readonly concepts: readonly Concept[];
  readonly relations: readonly Relation[];
  /** For each occupation of the taxonomy, its concept. */
  readonly occupations: readonly number[];
}

/** What the taxonomy says belongs together. Nothing else is read: no posting, no resume and no judged set. */
export function readExamples(parts: TaxonomyParts): Examples {
  const book = new Book();
  const occupations = parts.occupations.map(({ labels }) => book.concept(labels, true));
  const skills = parts.skills.map(({ labels }) => book.concept(labels, false));
  const technologies = parts.technologies.map(({ name }) => book.concept({ en: [name] }, false));
  const topics = new Map(
    parts.topics.map(({ id, name, aliases }) => [id, book.concept({ en: [name, ...aliases.map(spaced)] }, false)]),
  );
  const groups = parts.groups.map(({ labels }) =>
    book.concept(Object.fromEntries(Object.entries(labels).map(([language, label]) => [language, [label]])), true),
  );
  const groupOf = new Map(parts.groups.map(({ scheme, code }, i) => [`${scheme} ${code}`, groups[i] as number]));
  const family = (occupation: number) => {
    const { system, group } = parts.occupations[occupation] as TaxonomyParts['occupations'][number];
    return `${system === 'own' ? 'esco' : system} ${group.slice(0, 2)}`;
  };
  const own = (system: string) => (_: number, i: number) => parts.occupations[i]?.system === system;
  const ofItself = (concepts: readonly number[], familyOf: (concept: number) => string = () => '') =>
    concepts
      .filter((concept) => book.names(concept) > 1)
      .map((concept) => ({ left: concept, right: concept, family: familyOf(concept) }));
  const familyOfConcept = new Map(occupations.map((concept, i) => [concept, family(i)]));
  const occupationsOf = (...systems: string[]) =>
    ofItself(
      systems.flatMap((system) => occupations.filter(own(system))),
      (concept) => familyOfConcept.get(concept) ?? '',
    );
  const between = (from: number, to: number): Pair => ({
    left: occupations[from] as number,
    right: occupations[to] as number,
    family: family(from),
  });
  const asks = (kind: 'essential' | 'optional') =>
    parts.requirements.flatMap((row) =>
      row[kind].map((skill) => ({
        left: occupations[row.occupation] as number,
        right: skills[skill] as number,
        family: family(row.occupation),
      })),
    );
  const said = (concept: number, text: InLanguages<string>, group: string): Pair[] =>
    Object.values(text).map((words) => ({ left: concept, right: -1 - book.text(clip(words)), family: group }));
  const described = (systems: readonly string[]) =>
    parts.descriptions
      .filter(({ occupation }) => systems.includes(parts.occupations[occupation]?.system ?? ''))
      .flatMap(({ occupation, text }) => said(occupations[occupation] as number, text, family(occupation)));
  const inGroup = (scheme: string, systems: readonly string[]) =>
    parts.occupations.flatMap(({ system, group }, i) => {
      const concept = systems.includes(system) ? groupOf.get(`${scheme} ${group}`) : undefined;
      return concept === undefined ? [] : [{ left: occupations[i] as number, right: concept, family: '' }];
    });
  const relations: Relation[] = [
    { name: 'names of an ESCO occupation', weight: 5, temperature: 0.15, pairs: occupationsOf('esco', 'own') },
    { name: 'names of an O*NET occupation', weight: 3, temperature: 0.15, pairs: occupationsOf('onet') },
    { name: 'names of a CBO occupation', weight: 3, temperature: 0.15, pairs: occupationsOf('cbo') },
    { name: 'names of a skill', weight: 5, temperature: 0.09, pairs: ofItself(skills) },
    {
      name: 'linked occupations',
      weight: 3,
      temperature: 0.15,
      pairs: parts.links.filter(({ confidence }) => confidence >= 0.5).map(({ from, to }) => between(from, to)),
    },
    { name: 'essential skills', weight: 2, temperature: 0.09, pairs: asks('essential') },
    { name: 'optional skills', weight: 0.5, temperature: 0.15, pairs: asks('optional') },
    {
      name: 'descriptions of skills',
      weight: 4,
      temperature: 0.09,
      pairs: parts['skill-descriptions'].flatMap(({ skill, text }) => said(skills[skill] as number, text, '')),
    },
    { name: 'descriptions of occupations', weight: 1.5, temperature: 0.09, pairs: described(['esco', 'cbo', 'own']) },
    { name: 'descriptions of O*NET occupations', weight: 0.3, temperature: 0.09, pairs: described(['onet']) },
    {
      name: 'tasks',
      weight: 1,
      temperature: 0.09,
      pairs: parts.tasks.flatMap(({ occupation, core, supplemental }) =>
        [...core, ...supplemental].flatMap((task) =>
          said(occupations[occupation] as number, { en: task }, family(occupation)),
        ),
      ),
    },
    {
      name: 'technologies',
      weight: 0.5,
      temperature: 0.15,
      pairs: parts.technologies.flatMap((technology, i) =>
        technology.occupations.map((occupation) => ({
          left: occupations[occupation] as number,
          right: technologies[i] as number,
          family: family(occupation),
        })),
      ),
    },
    {
      name: 'related occupations',
      weight: 0.3,
      temperature: 0.15,
      pairs: parts.related.flatMap(({ occupation, related }) =>
        related.slice(0, 10).map((other) => between(occupation, other)),
      ),
    },
    { name: 'groups of ISCO', weight: 0.7, temperature: 0.15, pairs: inGroup('isco', ['esco', 'own']) },
    { name: 'groups of CBO', weight: 0.5, temperature: 0.15, pairs: inGroup('cbo', ['cbo']) },
    { name: 'topics', weight: 0.3, temperature: 0.15, pairs: ofItself([...topics.values()]) },
  ];
  return { ...book.content(), relations: relations.filter(({ pairs }) => pairs.length > 0), occupations };
}

class Book {
  readonly #texts = new Map<string, number>();
  readonly #concepts: Concept[] = [];

  text(words: string): number {
    const known = this.#texts.get(words);
    if (known !== undefined) return known;
    this.#texts.set(words, this.#texts.size);
    return this.#texts.size - 1;
  }

  // A language with many names is drawn more often, but not in proportion: 1 / sqrt(count) for each of its names.
  concept(labels: InLanguages<readonly string[]>, gendered: boolean): number {
    const names = Object.values(labels).flatMap((list) => {
      const distinct = [...new Set(gendered ? list.flatMap(genders) : list)];
      return distinct.map((name) => ({ text: this.text(name), weight: 1 / Math.sqrt(distinct.length) }));
    });
    return this.#concepts.push({ names }) - 1;
  }

  names(concept: number): number {
    return new Set(this.#concepts[concept]?.names.map(({ text }) => text)).size;
  }

  content() {
    return { texts: [...this.#texts.keys()], concepts: this.#concepts };
  }
}

// `ingeniero civil/ingeniera civil` is two names; `CAD/CAM` is one.
export function genders(label: string): string[] {
  const parts = label.split('/').map((part) => part.trim());
  return parts.length === 2 && parts.every((part) => part.length > 4) ? parts : [label];
}

const spaced = (alias: string) => alias.replaceAll('-', ' ');

// The first sentences say what a thing is; later ones often what it is not.
const clip = (text: string) =>
  text
    .split(/(?<=[.!?])\s+/)
    .slice(0, 2)
    .join(' ')
    .split(/\s+/)
    .slice(0, 28)
    .join(' ');
