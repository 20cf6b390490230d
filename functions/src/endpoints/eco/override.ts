import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { Problem } from '../../contract/errors.ts';
import { EcoId } from '../../contract/ids.ts';
import { mostAliasesOfOccupation, OccupationTemplate } from '../../contract/occupation.ts';
import { text } from '../../contract/text.ts';
import { occupationsOf } from '../../domain/eco/occupations.ts';

export const override = endpoint({
  id: 'eco.override',
  summary:
    'Your organisation’s own names, industries and template for an occupation, in place of those it gave before.',
  route: 'POST /v1/occupations/{ecoId}/override',
  scope: 'occupations:write',
  needs: ['taxonomy', 'occupationOverrides'],
  input: z.strictObject({
    ecoId: EcoId,
    aliases: z.array(text(2, 120)).max(mostAliasesOfOccupation).default([]),
    industries: z.array(text(1, 120)).max(20).default([]),
    template: OccupationTemplate.nullable().default(null),
  }),
  output: z.strictObject({
    ecoId: EcoId,
    aliases: z.array(z.string()),
    industries: z.array(z.string()),
    template: OccupationTemplate.nullable(),
  }),
  errors: ['occupation.not_found', 'occupation.aliases_full'],
  cache: 'never',
  emits: ['occupation.changed'],
  effect: 'writes',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 200 },
  example: {
    input: { ecoId: 'own:software-engineer' as EcoId, aliases: ['Artesão de software'], industries: ['fintech'] },
    output: {
      ecoId: 'own:software-engineer' as EcoId,
      aliases: ['Artesão de software'],
      industries: ['fintech'],
      template: null,
    },
  },
  handler: async ({ ctx, input: { ecoId, template, ...lists } }) => {
    const { findById } = await occupationsOf(ctx.taxonomy);
    if (!findById(ecoId)) throw new Problem('occupation.not_found');
    const said = { aliases: [...new Set(lists.aliases)], industries: [...new Set(lists.industries)], template };
    await ctx.occupationOverrides.put(ecoId, said, ctx.now);
    return { ecoId, ...said };
  },
});
