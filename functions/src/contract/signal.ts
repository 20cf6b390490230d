/** What a candidate is scored by; each in 0..1, absent when it cannot be computed for this query and this person. */
export const signalNames = [
  'vectorSimilarity',
  'textRelevance',
  'skillsExact',
  'skillsInferred',
  'techStackMatch',
  'specialtyMatch',
  'functionMatch',
  'levelMatch',
  'seniorityAlignment',
  'trajectoryFit',
  'recency',
  'requirementsMatch',
] as const;
export type SignalName = (typeof signalNames)[number];
export type Signals = Partial<Record<SignalName, number>>;
