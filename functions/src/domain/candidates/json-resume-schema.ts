import { z } from 'zod';

/** Exporters write `""` and null for what is not known. */
const word = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || undefined);

const words = z
  .array(word)
  .nullish()
  .transform((list) => (list ?? []).filter((item) => item !== undefined));

const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);

const date = word.refine(
  (value) => value === undefined || /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) || isOngoing(value),
  'must be a date such as 2014-06-29, 2014-06 or 2014',
);

/** Some exporters close a running job with a word. */
export const isOngoing = (value: string | undefined): boolean =>
  value !== undefined && /^(present|current|now|today|presente|atual|hoje)$/i.test(value);

/** What is read of a resume in the JSON Resume format (jsonresume.org, 1.0); all else in it is let be. */
export const JsonResume = z.looseObject({
  basics: z.looseObject({
    name: word.refine((name) => name !== undefined, 'must hold the name'),
    label: word,
    email: word,
    phone: word,
    url: word,
    summary: word,
    location: z.looseObject({ city: word, region: word, countryCode: word }).nullish(),
    profiles: listOf(z.looseObject({ url: word })),
  }),
  work: listOf(
    z.looseObject({
      name: word,
      position: word.refine((position) => position !== undefined, 'must name the position held'),
      startDate: date,
      endDate: date,
      description: word,
      summary: word,
      highlights: words,
    }),
  ),
  education: listOf(z.looseObject({ institution: word, area: word, studyType: word, endDate: date })),
  certificates: listOf(z.looseObject({ name: word })),
  skills: listOf(z.looseObject({ name: word, keywords: words })),
  languages: listOf(z.looseObject({ language: word, fluency: word })),
});
export type JsonResume = z.output<typeof JsonResume>;
