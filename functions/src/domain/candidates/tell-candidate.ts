import type { StoredCandidate } from '../../stores/candidates.ts';
import type { StoredDocument } from '../../stores/documents.ts';
import { findInDocument } from '../injection/find-in-document.ts';
import { findInProfile } from '../injection/find-in-profile.ts';
import { documentWarnings } from './document-warnings.ts';

const tellDocument = (document: StoredDocument, includeText: boolean) => {
  const { documentId, fileName, kind, text, pages, createdAt, warnings, hidden, hiddenText } = document;
  const findings = [...findInDocument(document)];
  return {
    documentId,
    fileName,
    kind,
    characters: text.length,
    pages: [...pages],
    createdAt,
    warnings: [...warnings, ...documentWarnings(hidden, findings)],
    hidden,
    findings,
    ...(includeText && { text, hiddenText }),
  };
};

/** A person as recruiters are told of them: what was given, what was read, and what of either counts for nothing. */
export function tellCandidate(candidate: StoredCandidate, documents: readonly StoredDocument[], includeText: boolean) {
  const { contentHash: _, ...known } = candidate;
  return {
    ...known,
    documents: documents.map((document) => tellDocument(document, includeText)),
    findings: findInProfile(candidate.profile),
  };
}
