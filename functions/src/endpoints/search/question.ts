import { z } from 'zod';
import { signalNames } from '../../contract/signal.ts';
import { text } from '../../contract/text.ts';
import { Corrections } from '../../domain/search/correct.ts';
import { Filters } from '../../domain/search/filters.ts';
import { roleTypes } from '../../domain/search/weights.ts';

/** Everything that a ranking can be asked, and the page of it. */
export const Question = z.strictObject({
  query: text(1, 6_000).optional().meta({ description: 'A sentence, Portuguese or English.' }),
  jobDescription: text(1, 20_000).optional().meta({ description: 'A whole job description.' }),
  embedding: z.array(z.number().min(-1e4).max(1e4)).min(8).max(4_000).optional().meta({
    description: 'A vector of the model in use, in the place of the text’s own.',
  }),
  filters: Filters.optional(),
  corrections: Corrections.optional(),
  limit: z.int().min(1).max(200).default(20),
  offset: z.int().min(0).max(200).default(0),
  roleType: z.enum(roleTypes).default('default'),
  signalWeights: z
    .strictObject(Object.fromEntries(signalNames.map((name) => [name, z.number().min(0).max(1).optional()])))
    .optional()
    .meta({
      description: 'In the place of the preset’s; the weights of each result are renormalised to 1.',
    }),
  locale: z.enum(['pt-BR', 'en']).default('pt-BR'),
});

/** A ranking needs something to rank by. */
export const asksSomething = ({ query, jobDescription, embedding }: Partial<z.output<typeof Question>>): boolean =>
  query !== undefined || jobDescription !== undefined || embedding !== undefined;
