import type { Finding } from '../../contract/finding.ts';
import type { KeptFindings } from '../../stores/documents.ts';
import { detectorVersion, findInjections } from './find-injections.ts';

interface Document {
  readonly text: string;
  readonly findings: KeptFindings | null;
}

/** What today's detector finds in a document: kept with it, or looked for when another one kept it. */
export const findInDocument = ({ text, findings }: Document): readonly Finding[] =>
  findings?.version === detectorVersion ? findings.found : findInjections(text);
