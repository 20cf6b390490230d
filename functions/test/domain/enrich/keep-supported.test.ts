import fc from 'fast-check';
import type { EnrichedClaims } from '../../../src/contract/enriched-profile.ts';
import type { Quote, SourceText } from '../../../src/contract/quote.ts';
import { keepSupported } from '../../../src/domain/enrich/keep-supported.ts';
import { nothingSaid } from './analyst.ts';

const resume = 'Analista de sistemas\nna Aurora. Uso Java e SQL.\nGosto de Java. JavaScript também.';
const sources: SourceText[] = [
  { source: { documentId: 'cv' }, text: resume },
  { source: { field: 'summary' }, text: 'Programo em Rust há 3 anos.' },
];
const inResume = (text: string, start = 0): Quote => ({
  text,
  source: { documentId: 'cv' },
  start,
  end: start + text.length,
});
const claiming = (...evidence: Quote[]): EnrichedClaims => ({
  ...nothingSaid,
  achievements: [{ text: 'algo', confidence: 1, evidence }],
});
const kept = (...evidence: Quote[]) => keepSupported(claiming(...evidence), sources).claims.achievements[0]?.evidence;

describe('a claim stays while its words are in the source that it names', () => {
  it('at the span it gives', () => {
    expect(kept(inResume('SQL', resume.indexOf('SQL')))).toEqual([inResume('SQL', resume.indexOf('SQL'))]);
  });

  it('and a wrong span is mended where the words stand there once, whatever white space is between them', () => {
    const start = resume.indexOf('sistemas');
    expect(kept(inResume('sistemas na  Aurora', 500))).toEqual([inResume('sistemas\nna Aurora', start)]);
  });

  it.each([
    ['that nobody wrote', inResume('gerente')],
    ['that stand there more than once, so that nobody knows which were meant', inResume('Java', 999)],
    ['of another case', inResume('analista de sistemas')],
    ['that are part of a longer word', inResume('Script', resume.indexOf('Script'))],
    ['of another source', inResume('Rust')],
    ['of a source there is not', { ...inResume('SQL'), source: { documentId: 'other' } }],
    ['of a field there is not', { ...inResume('SQL'), source: { field: 'cv' } }],
    ['that are no words', inResume('. ', resume.indexOf('. '))],
    ['that are nothing', inResume('', 3)],
  ])('but not for words %s', (_, quote) => {
    const { claims, unsupported } = keepSupported(claiming(quote), sources);
    expect(claims.achievements).toEqual([]);
    expect(unsupported).toBe(1);
  });

  it('with those of its quotes that are there', () => {
    expect(kept(inResume('gerente'), inResume('SQL', resume.indexOf('SQL')))).toHaveLength(1);
  });

  it('in whatever part of the profile it is, and each that goes is counted', () => {
    const wrong = { confidence: 1, evidence: [inResume('inventado')] };
    const { claims, unsupported } = keepSupported(
      {
        ...nothingSaid,
        personal: { ...nothingSaid.personal, name: { value: 'Ana', ...wrong }, city: { value: 'Recife', ...wrong } },
        seniority: { value: 'senior', ...wrong },
        languages: [{ code: 'en', level: 'C1', ...wrong }],
        summary: { text: 'Ana é ótima.', evidence: wrong.evidence },
      },
      sources,
    );
    expect(claims).toEqual(nothingSaid);
    expect(unsupported).toBe(5);
  });

  it('and every quote that stays is word for word in its source, whatever is claimed', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('Java', 'na Aurora', 'SQL.', 'há 3', 'e', '\n', ' '));
    const quote = fc.record({
      text: fc.array(piece, { maxLength: 3 }).map((parts) => parts.join('')),
      source: fc.constantFrom({ documentId: 'cv' }, { field: 'summary' }, { field: 'none' }),
      start: fc.nat(120),
      end: fc.nat(120),
    });
    fc.assert(
      fc.property(fc.array(quote, { minLength: 1, maxLength: 5 }), (evidence) => {
        for (const { text, source, start, end } of kept(...evidence) ?? []) {
          const [read] = sources.filter((one) => JSON.stringify(one.source) === JSON.stringify(source));
          expect(read?.text.slice(start, end)).toBe(text);
          expect(text).toMatch(/[\p{L}\p{N}]/u);
        }
      }),
    );
  });

  it('in time that grows with the text and not with its square', () => {
    const text = 'a '.repeat(200_000);
    const evidence = Array.from({ length: 5 }, () => inResume(`${'a '.repeat(1_000)}b`));
    const started = performance.now();
    keepSupported(claiming(...evidence), [{ source: { documentId: 'cv' }, text }]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
