import type { HiddenText } from '../../contract/document.ts';
import type { Finding } from '../../contract/finding.ts';

const familyWords: Record<Finding['family'], string> = {
  override: 'asks to disregard instructions',
  role: 'speaks to a machine',
  ranking: 'demands a rank or a score',
  format: 'imitates a conversation or an answer',
  exfiltration: 'asks for what is not its own',
  stuffing: 'repeats or lists words to be found by them',
};

/** What a recruiter should know of a document before believing it; never quotes it. */
export function documentWarnings(hidden: readonly HiddenText[], findings: readonly Finding[]): string[] {
  const characters = hidden.reduce((sum, one) => sum + one.characters, 0);
  const reasons = [...new Set(hidden.map(({ reason }) => reason))].join(', ');
  const families = [...new Set(findings.map(({ family }) => familyWords[family]))].join(', ');
  return [
    ...(characters > 0
      ? [
          `The file hides ${characters} characters from the eye (${reasons}); they are kept apart and count for nothing.`,
        ]
      : []),
    ...(findings.length > 0
      ? [
          `The text ${families} in ${findings.length} ${findings.length === 1 ? 'place' : 'places'}; these are not ranked and not given to any model.`,
        ]
      : []),
  ];
}
