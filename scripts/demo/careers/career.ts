/** What a line of work looks like on a resume. Skill names are the lexicon's; the build stops at one it does not know. */
export interface Career {
  readonly id: string;
  readonly weight: number;
  /** Feminine, masculine. */
  readonly pt: readonly [string, string];
  readonly en: string;
  /** Same order, for people who lead; absent where the work knows no such rung here. */
  readonly lead?: { readonly pt: readonly [string, string]; readonly en: string };
  /** Sets of skills that go together; a person knows one or two. */
  readonly stacks: readonly (readonly string[])[];
  /** What everybody in it may know. */
  readonly basics: readonly string[];
  /** What they did. `{a}`, `{b}`, `{c}`: skills of the job; `{20-80}`: a number of that range. */
  readonly didPt: readonly string[];
  readonly didEn: readonly string[];
  readonly fields: { readonly pt: string; readonly en: string };
  readonly industries: readonly string[];
  readonly neighbours: readonly string[];
  readonly certifications?: readonly string[];
  /** A regulated or technical occupation without júnior/pleno/sênior in its titles. */
  readonly unranked?: true;
}
