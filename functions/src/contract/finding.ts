import { z } from 'zod';

/**
 * What a text tries: to cancel instructions (`override`), to give the reader a part to play (`role`), to demand a place
 * or a score (`ranking`), to look like a conversation or an answer (`format`), to get at what it should not see
 * (`exfiltration`), or to be found by repeating or listing words (`stuffing`).
 */
export const FindingFamily = z.enum(['override', 'role', 'ranking', 'format', 'exfiltration', 'stuffing']);
export type FindingFamily = z.infer<typeof FindingFamily>;

/** A part of a text that speaks to a machine: `text.slice(start, end)`, in UTF-16 units. */
export const Finding = z.strictObject({
  family: FindingFamily,
  confidence: z.enum(['high', 'medium']).meta({ description: 'Medium: an ordinary sentence could read so.' }),
  start: z.int().min(0),
  end: z.int().min(0),
});
export type Finding = z.infer<typeof Finding>;
