import { z } from 'zod';

/** A day such as 2023-12-13. */
export const Day = z.iso.date();

/** What an answer was computed from: rows, the days they are of, and where they come from. */
export const Coverage = z.strictObject({
  rows: z
    .strictObject({ own: z.int().min(0), shared: z.int().min(0) })
    .meta({ description: 'Rows of your own imports, and of the reference that every tenant reads.' }),
  ads: z.int().min(0).meta({ description: 'Advertisements that the rows stand for.' }),
  from: Day.nullable(),
  to: Day.nullable(),
  sources: z.array(z.string()),
});

export const Neighbour = {
  score: z.number().min(0).meta({ description: 'Bits: PMI times decay, at least 0.1.' }),
  support: z.int().min(5).meta({ description: 'Advertisements that name both.' }),
  recencyDays: z.int().min(0).meta({ description: 'From the last of them to the end of the data.' }),
  sources: z.array(z.string()),
};
