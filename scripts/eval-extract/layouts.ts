import type { Random } from '../demo/random.ts';
import type { Person } from './truth.ts';
import { type DateStyle, heading, languageLines } from './wording.ts';

/** A line of a resume as it is seen: `right` stands at the right margin, `side` in a narrow column of its own where the format has one. */
export interface Row {
  readonly kind: 'name' | 'heading' | 'text' | 'bullet' | 'gap';
  readonly text: string;
  readonly right?: string;
  readonly side?: true;
}

type Job = Person['jobs'][number];
/** What a recruiter sees of one job. */
type JobRows = (job: Job, when: string, person: Person) => Row[];

const text = (text: string, right?: string): Row => ({ kind: 'text', text, ...(right === undefined ? {} : { right }) });
const bullets = ({ did }: Job): Row[] => did.map((sentence) => ({ kind: 'bullet', text: sentence }));
const prose = ({ did }: Job): Row[] => [text(did.join(' '))];
const gap: Row = { kind: 'gap', text: '' };

const jobLayouts = {
  'title, company, dates below': (job, when) => [text(job.title), text(job.company), text(when), ...bullets(job), gap],
  'company with dates at the margin, title below': (job, when) => [
    text(job.company, when),
    text(job.title),
    ...bullets(job),
  ],
  'one line with brackets': (job, when) => [text(`${job.title} – ${job.company} (${when})`), ...prose(job)],
  'bars, company first': (job, when) => [text(`${job.company} | ${job.title} | ${when}`), ...bullets(job)],
  'title with dates at the margin, company and city below': (job, when, { city }) => [
    text(job.title, when),
    text(`${job.company}, ${city}`),
    ...bullets(job),
  ],
  'dates first, on a line of their own': (job, when) => [
    text(when),
    text(`${job.title}, ${job.company}`),
    ...prose(job),
    gap,
  ],
  labels: (job, when, { lang }) =>
    (lang === 'pt' ? ['Empresa', 'Cargo', 'Período', 'Atividades'] : ['Company', 'Position', 'Period', 'Duties'])
      .map((label, i) => text(`${label}: ${[job.company, job.title, when, job.did.join(' ')][i]}`))
      .concat(gap),
  'title at company, no heading above': (job, when, { lang }) => [
    text(`${job.title} ${lang === 'pt' ? 'na' : 'at'} ${job.company}, ${when}`),
    ...prose(job),
    gap,
  ],
  'capitals, city beside the company': (job, when, { city }) => [
    text(`${job.company.toUpperCase()} - ${city}`),
    text(`${job.title} (${when})`),
    ...bullets(job),
  ],
  'title and company by a dash, dates below': (job, when) => [
    text(`${job.title} - ${job.company}`),
    text(when),
    ...prose(job),
    gap,
  ],
} as const satisfies Record<string, JobRows>;

/** Never looked at while the extractor is changed. */
const heldLayouts = {
  'held back: dates between title and company': (job, when) => [
    text(job.title),
    text(when),
    text(job.company),
    ...bullets(job),
    gap,
  ],
  'held back: dates in the left column': (job, when, { city }) => [
    { kind: 'text', text: when, right: `${job.title}, ${job.company} – ${city}` },
    ...bullets(job),
  ],
} as const satisfies Record<string, JobRows>;

export const layoutNames = Object.keys(jobLayouts);
export const heldLayoutNames = Object.keys(heldLayouts);

/** A resume in a layout: order, headings, lists and the rest are drawn. */
export function layOut(name: string, person: Person, dates: DateStyle, random: Random): Row[] {
  const rowsOf: JobRows | undefined = { ...jobLayouts, ...heldLayouts }[name as keyof typeof jobLayouts];
  if (!rowsOf) throw new Error(`there is no layout "${name}"`);
  const bare = name.includes('no heading');
  const capitals = random.chance(0.4);
  const colon = random.chance(0.25) ? ':' : '';
  const side = random.chance(0.3);
  const head = (part: Parameters<typeof heading>[1], aside = false): Row[] => {
    if (bare) return [gap];
    const words = heading(person.lang, part, random);
    return [
      gap,
      {
        kind: 'heading',
        text: `${capitals ? words.toUpperCase() : words}${colon}`,
        ...(aside && { side: true as const }),
      },
    ];
  };
  const aside = (rows: readonly Row[]): Row[] => (side ? rows.map((row) => ({ ...row, side: true })) : [...rows]);
  const skillNames = person.skills.map(({ name }) => name);
  const skills = random.chance(0.5)
    ? skillNames.map((skill): Row => ({ kind: 'bullet', text: skill }))
    : [text(skillNames.join(random.pick([', ', ' | ', ' • '])))];
  const { degree, field, school, end } = person.study;
  const study = random.pick<Row[]>([
    [text(`${degree} ${field}`), text(`${school}, ${end}`)],
    [text(`${degree} ${field} - ${school} (${end})`)],
    [text(school, end), text(`${degree} ${field}`)],
    [text(`${school} | ${degree} ${field} | ${end}`)],
  ]);
  const spoken = languageLines(person, random);
  const languages = random.chance(0.5) ? spoken.map((line) => text(line)) : [text(spoken.join(', '))];
  const parts: Row[][] = [
    [...head('jobs'), ...person.jobs.flatMap((job) => rowsOf(job, dates.write(job.start, job.end), person))],
    [...head('study'), ...study],
  ];
  const lists = [
    [...head('skills', side), ...aside(skills)],
    [
      ...head('languages', side),
      ...aside(bare ? [text(`${person.lang === 'pt' ? 'Idiomas' : 'Languages'}: ${spoken.join(', ')}`)] : languages),
    ],
  ];
  return [
    { kind: 'name', text: person.name },
    ...(random.chance(0.6) ? [text(person.headline)] : []),
    text(`${person.city} | ${person.email} | (11) 90000-0000`),
    ...head('summary'),
    text(person.summary),
    ...(random.chance(0.3) ? parts.reverse() : parts).flat(),
    ...lists.flat(),
  ];
}
