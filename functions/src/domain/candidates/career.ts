import { type CandidateProfile, type Seniority, seniorityLadder } from '../../contract/candidate.ts';
import type { CandidateFacts } from '../../contract/candidate-record.ts';
import type { Recognizer } from '../text/recognizer.ts';

export interface Career {
  /** Told by the current title, else the headline. */
  readonly level?: Seniority;
  /** Union of the dated jobs in years, one decimal; a job without an end that is not marked current counts for nothing. */
  readonly years?: number;
  readonly titles: CandidateFacts['titles'];
  readonly functions: CandidateFacts['functions'];
  readonly climb?: number;
}

/** What the jobs of a profile tell together. Missing and unclosed dates are left out, never guessed. */
export function careerOf(recognizer: Recognizer, profile: CandidateProfile, asOf: Date): Career {
  const named = [
    ...[profile.title, profile.headline]
      .filter((title) => title !== undefined)
      .map((title) => ({ title, current: true })),
    ...profile.experience.map((job, i) => ({
      title: job.title,
      current: job.current ?? (i === 0 && job.end === undefined),
    })),
  ];
  const level = named
    .filter(({ current }) => current)
    .map(({ title }) => highestLevel(recognizer, title))
    .find((found) => found !== undefined);
  const years = yearsOf(profile.experience, asOf);
  const climb = climbOf(recognizer, profile.experience, asOf);
  return {
    ...(level && { level }),
    ...(years !== undefined && { years }),
    titles: distinct(
      named.flatMap(({ title, current }) =>
        recognizer
          .titles(title)
          .map(({ value }) => ({ id: value.id, ...(value.isco && { isco: value.isco }), current })),
      ),
      ({ id }) => id,
    ).slice(0, 20),
    functions: distinct(
      named.flatMap(({ title, current }) => {
        const name =
          recognizer.titles(title).find(({ value }) => value.function !== 'other')?.value.function ??
          recognizer.functionOf(title);
        return name ? [{ name, current }] : [];
      }),
      ({ name }) => name,
    ),
    ...(climb !== undefined && { climb }),
  };
}

/** The highest rung a title names: "gerente sênior" is a manager. */
export function highestLevel(recognizer: Recognizer, title: string): Seniority | undefined {
  const ranks = recognizer.seniorities(title).map(({ value }) => seniorityLadder.indexOf(value));
  return ranks.length > 0 ? seniorityLadder[Math.max(...ranks)] : undefined;
}

type Jobs = CandidateProfile['experience'];

/** Months since year 0; a bare year begins in January and ends in December. */
function monthOf(date: string, end: boolean): number {
  const [year = 0, month] = date.split('-').map(Number);
  return year * 12 + (month ?? (end ? 12 : 1)) - 1;
}

function spanOf(job: Jobs[number], asOf: Date): { from: number; to: number } | undefined {
  if (!job.start) return undefined;
  const from = monthOf(job.start, false);
  const to = job.end
    ? monthOf(job.end, true) + 1
    : job.current
      ? asOf.getUTCFullYear() * 12 + asOf.getUTCMonth() + 1
      : undefined;
  return to !== undefined && to > from ? { from, to } : undefined;
}

function yearsOf(jobs: Jobs, asOf: Date): number | undefined {
  const spans = jobs.map((job) => spanOf(job, asOf)).filter((span) => span !== undefined);
  if (spans.length === 0) return undefined;
  let months = 0;
  let reached = 0;
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    months += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return Math.min(60, Math.round((months / 12) * 10) / 10);
}

/** Rungs climbed a year between the first and the last dated job whose title names a rung. */
function climbOf(recognizer: Recognizer, jobs: Jobs, asOf: Date): number | undefined {
  const steps = jobs
    .flatMap((job) => {
      const level = highestLevel(recognizer, job.title);
      const span = spanOf(job, asOf);
      return level && span ? [{ rank: seniorityLadder.indexOf(level), ...span }] : [];
    })
    .sort((a, b) => a.from - b.from);
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last || first === last || last.from === first.from) return undefined;
  return Math.round(((last.rank - first.rank) / ((last.from - first.from) / 12)) * 100) / 100;
}

function distinct<T extends { current: boolean }>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const kept = new Map<string, T>();
  for (const item of items) {
    const before = kept.get(keyOf(item));
    if (!before || (item.current && !before.current)) kept.set(keyOf(item), item);
  }
  return [...kept.values()];
}
