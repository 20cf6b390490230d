import type { z } from 'zod';
import type { CandidateProfile } from '../../contract/candidate.ts';
import type { ProfileFlag } from '../../contract/enriched-profile.ts';
import type { SourceText } from '../../contract/quote.ts';
import type { StoredDocument } from '../../stores/documents.ts';
import { findInDocument } from '../injection/find-in-document.ts';
import { findInProfile } from '../injection/find-in-profile.ts';
import { promptable } from '../injection/promptable.ts';
import { promptableProfile } from '../injection/promptable-profile.ts';
import { sourceTextsOf } from './source-texts.ts';

type Flag = z.output<typeof ProfileFlag>;

/** What an analyst may read of a person, and what a reader of its profile should know about those texts. */
export interface ReadableSources {
  /** Whatever speaks to a machine is blanked out at the same length: offsets are those of what is kept. */
  readonly sources: readonly SourceText[];
  readonly flags: readonly Flag[];
}

export function readableSourcesOf(profile: CandidateProfile, documents: readonly StoredDocument[]): ReadableSources {
  const flags: Flag[] = findInProfile(profile).length > 0 ? [{ code: 'text.instructions', documentId: null }] : [];
  const readable = documents.map((document) => {
    const { documentId, text, hidden } = document;
    const findings = findInDocument(document);
    if (hidden.length > 0) flags.push({ code: 'text.hidden', documentId });
    if (findings.length > 0) flags.push({ code: 'text.instructions', documentId });
    return { documentId, text: promptable(text, findings) };
  });
  return { sources: sourceTextsOf(promptableProfile(profile), readable), flags };
}
