/** What can happen to a tenant's data; a cached read names the ones that kill it. */
export const events = [
  'candidate.changed',
  'candidate.enriched',
  'embedding.changed',
  'neighbours.recounted',
  'occupation.changed',
  'postings.imported',
] as const;
export type Event = (typeof events)[number];
