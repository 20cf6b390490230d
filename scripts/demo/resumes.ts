import { mkdirSync, writeFileSync } from 'node:fs';
import { Document, HeadingLevel, Packer, Paragraph } from 'docx';
import type { CandidateProfile } from '../../functions/src/contract/candidate.ts';
import type { Lexicon } from '../../functions/src/contract/lexicon.ts';
import { person, type Wish } from './person.ts';
import { Wording } from './wording.ts';

/** PDFs of rendercv (MIT), kept as they are; the other files are written here. */
export const pdfs = ['rendercv_John_Doe_Classic.pdf', 'rendercv_John_Doe_Sb2nov.pdf', 'rendercv_moderncv_minimal.pdf'];

const written: readonly { id: string; kind: 'docx' | 'txt'; wish: Wish }[] = [
  { id: 'acme-9001', kind: 'docx', wish: { lang: 'pt', career: 'backend', years: [6, 10] } },
  { id: 'acme-9002', kind: 'docx', wish: { lang: 'en', career: 'data-engineer', years: [5, 9] } },
  { id: 'acme-9003', kind: 'docx', wish: { lang: 'pt', career: 'accounting', years: [3, 6] } },
  { id: 'acme-9004', kind: 'txt', wish: { lang: 'pt', career: 'nurse', years: [4, 12] } },
  { id: 'acme-9005', kind: 'txt', wish: { lang: 'pt', career: 'logistics', years: [3, 8] } },
  { id: 'acme-9006', kind: 'txt', wish: { lang: 'pt', career: 'hr', years: [2, 7] } },
];

interface Line {
  readonly kind: 'name' | 'heading' | 'text';
  readonly text: string;
}

/** A resume as lines, in the order people write them. */
function lines(profile: CandidateProfile, pt: boolean): Line[] {
  const heading = (text: string): Line => ({ kind: 'heading', text });
  const text = (value: string): Line => ({ kind: 'text', text: value });
  const place = [profile.location?.city, profile.location?.region].filter((part) => part !== undefined).join(' - ');
  const contact = [profile.email, profile.phone, place].filter((part) => part !== undefined && part !== '').join(' | ');
  return [
    { kind: 'name', text: profile.fullName },
    text(contact),
    heading(pt ? 'Resumo' : 'Summary'),
    text(profile.summary ?? ''),
    heading(pt ? 'Experiência profissional' : 'Experience'),
    ...profile.experience.flatMap((job) => [
      text(
        `${job.title}${job.company === undefined ? '' : ` - ${job.company}`} (${job.start ?? (pt ? 'sem data' : 'undated')} - ${job.end ?? (job.current === true ? (pt ? 'atual' : 'present') : '')})`,
      ),
      text(job.description ?? ''),
    ]),
    heading(pt ? 'Formação acadêmica' : 'Education'),
    ...profile.education.map((study) =>
      text([study.degree, study.field, study.institution, study.end].filter((part) => part !== undefined).join(', ')),
    ),
    heading(pt ? 'Competências' : 'Skills'),
    text(profile.skills.map((skill) => skill.name).join(', ')),
    heading(pt ? 'Idiomas' : 'Languages'),
    text(
      profile.languages
        .map((language) => `${language.code}${language.level === undefined ? '' : ` (${language.level})`}`)
        .join(', '),
    ),
  ];
}

function asText(content: readonly Line[]): string {
  return `${content.map((line) => (line.kind === 'heading' ? `\n${line.text.toUpperCase()}` : line.text)).join('\n')}\n`;
}

/** The docx package stamps the time of day into the file; under a stopped clock the same text gives the same bytes. */
async function asDocx(content: readonly Line[]): Promise<Buffer> {
  const clock = globalThis.Date;
  const stopped = clock.UTC(2026, 8, 1);
  globalThis.Date = class extends clock {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [stopped] : given) as [number]));
    }
    static override now(): number {
      return stopped;
    }
  } as DateConstructor;
  try {
    const style = { name: HeadingLevel.TITLE, heading: HeadingLevel.HEADING_1 };
    const children = content.map(
      (line) => new Paragraph({ text: line.text, ...(line.kind === 'text' ? {} : { heading: style[line.kind] }) }),
    );
    return await Packer.toBuffer(
      new Document({ creator: 'Headhunter demo', title: content[0]?.text ?? '', sections: [{ children }] }),
    );
  } finally {
    globalThis.Date = clock;
  }
}

export interface ResumeFile {
  readonly file: string;
  readonly candidateId: string;
}

/** The written resumes, without the PDFs. @returns file name, whose it is, and the bytes */
export async function resumes(lexicon: Lexicon): Promise<(ResumeFile & { readonly bytes: Buffer })[]> {
  const wording = new Wording(lexicon);
  const made: (ResumeFile & { readonly bytes: Buffer })[] = [];
  for (const { id, kind, wish } of written) {
    const content = lines(person(id, wish, wording), wish.lang === 'pt');
    const bytes = kind === 'txt' ? Buffer.from(asText(content), 'utf8') : await asDocx(content);
    made.push({ file: `${wish.career ?? 'resume'}-${wish.lang ?? 'pt'}.${kind}`, candidateId: id, bytes });
  }
  return made;
}

/** Writes DOCX, TXT and `index.json` into `folder`; the PDFs lie there already. */
export async function writeResumes(folder: URL, lexicon: Lexicon): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const index: ResumeFile[] = pdfs.map((file, at) => ({ file, candidateId: `acme-900${at + 7}` }));
  for (const { file, candidateId, bytes } of await resumes(lexicon)) {
    writeFileSync(new URL(file, folder), bytes);
    index.push({ file, candidateId });
  }
  writeFileSync(new URL('index.json', folder), `${JSON.stringify(index, null, 1)}\n`);
}
