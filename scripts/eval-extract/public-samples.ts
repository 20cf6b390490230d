import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nameKey } from '../../functions/src/domain/text/tokens.ts';
import { extractText } from '../../functions/src/platform/document-text.ts';
import type { Resume } from './run.ts';
import type { Answers } from './score.ts';

/** By how a file's name begins, the first that fits; written by hand from the files. */
const truths: Readonly<Record<string, Answers>> = JSON.parse(
  readFileSync(new URL('public-samples.json', import.meta.url), 'utf8'),
);

/** Where they lie below the folder: rendercv's examples (MIT; one person in nine layouts) and the sample of TalentCLEF 2026 (CC BY 4.0). */
const folders = ['pdf_samples', 'talentclef26_toy/en/corpus'] as const;

export async function* publicSamples(from: string): AsyncGenerator<Resume> {
  for (const folder of folders) {
    const directory = path.join(from, folder);
    for (const file of existsSync(directory) ? readdirSync(directory).sort() : []) {
      const truth = Object.entries(truths).find(([name]) => file.startsWith(name))?.[1];
      if (!truth) continue;
      const { text } = await extractText({ fileName: file, bytes: readFileSync(path.join(directory, file)) });
      yield { name: file, text, truth: keyed(truth), groups: ['en', path.extname(file).slice(1)] };
    }
  }
}

const keyed = ({ titles = [], companies = [], dates = [], education }: Answers): Answers => ({
  titles: titles.map(nameKey),
  companies: companies.map(nameKey),
  dates,
  ...(education && {
    education: education.map((study) => {
      const [level, school = ''] = study.split('|');
      return `${level}|${nameKey(school)}`;
    }),
  }),
});
