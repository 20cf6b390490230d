import type { LexiconSkill, SkillFamily } from '../../functions/src/contract/lexicon.ts';
import { byCode, fold, slug } from './names.ts';

export interface SkillEntry {
  readonly id?: string;
  readonly label: string;
  readonly labelPt?: string;
  readonly aliases?: readonly string[];
  readonly family: SkillFamily;
  readonly hot?: boolean;
}

interface Draft {
  label: string;
  labelPt: string;
  family: SkillFamily;
  hot: boolean;
  /** True when nobody has read this name for everyday meanings. */
  unreviewed: boolean;
  readonly aliases: Map<string, string>;
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
      aliases: new Map(),
    });
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
          aliases,
          ...(exact.length === 0 ? {} : { caseSensitive: exact }),
          family: draft.family,
          ...(draft.hot ? { hot: true as const } : {}),
        };
      });
  }
}
