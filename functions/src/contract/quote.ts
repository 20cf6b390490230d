import { z } from 'zod';

/** A text of a person that can be quoted: a field of the profile (`experience[0].description`, `summary`), or a document. */
export const QuoteSource = z.union([
  z.strictObject({ field: z.string().max(100) }),
  z.strictObject({ documentId: z.string().max(64) }),
]);
export type QuoteSource = z.infer<typeof QuoteSource>;

/** A person's own words: `source.slice(start, end)` is `text`; offsets are UTF-16 units. */
export const Quote = z.strictObject({
  text: z.string(),
  source: QuoteSource,
  start: z.int().min(0),
  end: z.int().min(0),
});
export type Quote = z.infer<typeof Quote>;

/** A text that quotes may point into. */
export interface SourceText {
  readonly source: QuoteSource;
  readonly text: string;
}
