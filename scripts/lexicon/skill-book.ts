import type { LexiconSkill, SkillFamily } from '../../functions/src/contract/lexicon.ts';
import { byCode, fold, slug } from './names.ts';

export interface SkillEntry {
  readonly id?: string;
  readonly label: string;
  readonly labelPt?: string;
  readonly aliases?: readonly string[];
  readonly family: SkillFamily;
  readonly hot?: boolean;
  readonly source?: SkillSource;
}

/** Where a public list names the skill: `esco`, and what that list calls it. */
export type SkillSource = readonly [list: keyof NonNullable<LexiconSkill['sources']>, id: string];

interface Draft {
  label: string;
  labelPt: string;
  family: SkillFamily;
  hot: boolean;
  /** True when nobody has read this name for everyday meanings. */
  unreviewed: boolean;
  properName: boolean;
  readonly aliases: Map<string, string>;
  readonly sources: Map<SkillSource[0], Set<string>>;
}

/** Skills as they are gathered: no two share a name, whatever their accents, case or hyphens. */
export class SkillBook {
  readonly #drafts = new Map<string, Draft>();
  readonly #owner = new Map<string, string>();
  readonly #dropped: ReadonlySet<string>;
  readonly #caseSensitive: ReadonlySet<string>;

  /** @param dropped names never to be matched; @param caseSensitive names only matched as written; both folded */
  constructor(dropped: ReadonlySet<string>, caseSensitive: ReadonlySet<string>) {
    this.#dropped = dropped;
    this.#caseSensitive = caseSensitive;
  }

  /** The id of the skill that goes by `name`, or undefined. */
  find(name: string): string | undefined {
    return this.#owner.get(fold(name));
  }

  label(id: string): string | undefined {
    return this.#drafts.get(id)?.label;
  }

  /** Notes what a public list calls the skill. */
  cite(id: string, [list, name]: SkillSource): void {
    const sources = this.#drafts.get(id)?.sources;
    sources?.set(list, (sources.get(list) ?? new Set()).add(name));
  }

  /** The Portuguese name of a skill that has none, or that it is a proper name. @throws Error when the name is taken or unsafe as a label */
  namePt(id: string, labelPt: string | 'proper name'): void {
    const draft = this.#draft(id);
    if (labelPt === 'proper name') {
      draft.properName = true;
      return;
    }
    if (draft.labelPt !== '') throw new Error(`${id} already has the Portuguese name "${draft.labelPt}"`);
    const taken = this.find(labelPt);
    if (taken !== undefined && taken !== id) throw new Error(`"${labelPt}" belongs to both ${taken} and ${id}`);
    if (this.#dropped.has(fold(labelPt))) throw new Error(`${id}: "${labelPt}" is an everyday word`);
    draft.aliases.delete(fold(labelPt));
    draft.labelPt = labelPt === draft.label ? '' : labelPt;
    this.#owner.set(fold(labelPt), id);
  }

  /** Makes one skill of two: all names and sources of `id` pass to `target`. */
  merge(id: string, target: string): void {
    const [gone, kept] = [this.#draft(id), this.#draft(target)];
    this.#drafts.delete(id);
    for (const [key, name] of [[fold(gone.label), gone.label] as const, ...gone.aliases]) {
      this.#owner.set(key, target);
      kept.aliases.set(key, name);
    }
    for (const [list, names] of gone.sources) for (const name of names) this.cite(target, [list, name]);
    kept.hot ||= gone.hot;
  }

  #draft(id: string): Draft {
    const draft = this.#drafts.get(id);
    if (draft === undefined) throw new Error(`there is no skill ${id}`);
    return draft;
  }

  /** Adds a reviewed skill. @throws Error when a name of it is taken or unsafe as a label */
  write(entry: SkillEntry): void {
    const id = entry.id ?? slug(entry.label);
    for (const label of [entry.label, entry.labelPt ?? entry.label]) {
      if (this.#dropped.has(fold(label)))
        throw new Error(`${id}: "${label}" is an everyday word; give it a safe label`);
    }
    for (const name of [entry.label, entry.labelPt ?? '', ...(entry.aliases ?? [])]) {
      const taken = name === '' ? undefined : this.find(name);
      if (taken !== undefined && taken !== id) throw new Error(`"${name}" belongs to both ${taken} and ${id}`);
    }
    this.#insert(id, entry, false);
  }

  /** Adds a skill from a public list, unless one of that name is there already; returns its id, or undefined when unsafe. */
  offer(entry: SkillEntry): string | undefined {
    const known = this.find(entry.label);
    if (known !== undefined) {
      for (const alias of entry.aliases ?? []) this.alias(known, alias);
      const draft = this.#drafts.get(known);
      if (draft !== undefined && entry.hot === true) draft.hot = true;
      if (entry.source !== undefined) this.cite(known, entry.source);
      return known;
    }
    const id = slug(entry.label);
    if (id === '' || this.#drafts.has(id) || this.#dropped.has(fold(entry.label))) return undefined;
    this.#insert(id, entry, true);
    return id;
  }

  /** One more name for a skill, if it is free and not an everyday word. */
  alias(id: string, name: string): void {
    const key = fold(name);
    const draft = this.#drafts.get(id);
    if (draft === undefined || key.length < 2 || this.#dropped.has(key) || this.#owner.has(key)) return;
    this.#owner.set(key, id);
    draft.aliases.set(key, name);
  }

  #insert(id: string, entry: SkillEntry, unreviewed: boolean): void {
    if (this.#drafts.has(id)) throw new Error(`skill id ${id} is written twice`);
    const { label, labelPt = '', family, hot = false } = entry;
    this.#drafts.set(id, {
      label,
      labelPt: labelPt === label ? '' : labelPt,
      family,
      hot,
      unreviewed,
      properName: false,
      aliases: new Map(),
      sources: new Map(),
    });
    if (entry.source !== undefined) this.cite(id, entry.source);
    this.#owner.set(fold(label), id);
    if (labelPt !== '') this.#owner.set(fold(labelPt), id);
    for (const alias of entry.aliases ?? []) this.alias(id, alias);
  }

  /** All skills by id, as the artifact holds them. */
  skills(): LexiconSkill[] {
    return [...this.#drafts.entries()]
      .sort(([a], [b]) => byCode(a, b))
      .map(([id, draft]) => {
        const aliases = [...draft.aliases.values()].sort(byCode);
        const names = [draft.label, draft.labelPt, ...aliases].filter((name) => name !== '');
        // A lone dictionary-shaped word nobody reviewed is only trusted as written.
        const exact = names.filter(
          (name) => this.#caseSensitive.has(fold(name)) || (draft.unreviewed && /^[A-Z][a-z]+$/.test(name)),
        );
        return {
          id,
          label: draft.label,
          ...(draft.labelPt === '' ? {} : { labelPt: draft.labelPt }),
          ...(draft.properName ? { properName: true as const } : {}),
          aliases,
          ...(exact.length === 0 ? {} : { caseSensitive: exact }),
          family: draft.family,
          ...(draft.hot ? { hot: true as const } : {}),
          ...(draft.sources.size === 0
            ? {}
            : { sources: Object.fromEntries([...draft.sources].map(([list, ids]) => [list, [...ids].sort(byCode)])) }),
        };
      });
  }
}
