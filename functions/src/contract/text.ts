import { z } from 'zod';

/**
 * Text as people write it: trimmed, NFC, between `min` and `max` UTF-16 units after trimming.
 * NUL bytes and lone surrogates never get this far: `middleware/hygiene.ts` refuses them in every input.
 */
export const text = (min: number, max: number) => z.string().trim().normalize('NFC').min(min).max(max);
