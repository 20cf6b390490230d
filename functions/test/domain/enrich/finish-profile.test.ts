import { EnrichedProfile } from '../../../src/contract/enriched-profile.ts';
import { finishProfile } from '../../../src/domain/enrich/finish-profile.ts';
import { type JobDates, timesOf } from '../../../src/domain/enrich/job-times.ts';
import { nothingSaid, today } from './analyst.ts';

const long = 'Trabalhei. '.repeat(50);
const evidence = [{ text: 'Trabalhei', source: { documentId: 'cv' }, start: 0, end: 9 }];
const provenance = {
  provider: 'local',
  model: 'rules-1',
  promptVersion: '',
  contentHash: 'abc',
  analyzedAt: today.toISOString(),
  costMicros: 0,
} as const;

const job = (
  start: string | null,
  end: string | null,
  current: boolean | null = end ? false : null,
  title = 'Analista',
) => ({
  title,
  ecoId: null,
  company: 'Aurora',
  ...timesOf({ start, end, current }, today),
  confidence: 0.8,
  evidence,
});
const finish = (jobs: ReturnType<typeof job>[], unsupported = 0, text = long) =>
  EnrichedProfile.parse(
    finishProfile(
      { claims: { ...nothingSaid, jobs }, unsupported },
      [{ source: { documentId: 'cv' }, text }],
      [],
      provenance,
    ),
  );
const codes = (profile: EnrichedProfile) => profile.flags.map(({ code }) => code);

describe('the finished profile', () => {
  it.each<[string, JobDates, [number, number], string[]]>([
    ['both months of closed dates', { start: '2020-01', end: '2020-12', current: false }, [12, 12], []],
    ['up to this month while it goes on', { start: '2026-01', end: null, current: true }, [9, 9], []],
    [
      'bare years from the shortest to the longest',
      { start: '2016', end: '2018', current: false },
      [14, 36],
      ['year_only'],
    ],
    ['an unclosed job from a month to today', { start: '2026-06', end: null, current: null }, [1, 4], ['end_missing']],
    ['nothing without a start', { start: null, end: '2020-01', current: false }, [0, 0], ['start_missing']],
    [
      'nothing against the order of time',
      { start: '2020-05', end: '2019-01', current: false },
      [0, 0],
      ['order_reversed'],
    ],
    ['nothing in the future', { start: '2030-01', end: null, current: true }, [0, 0], ['in_future']],
  ])('counts %s', (_, dates, [min, max], doubts) => {
    expect(timesOf(dates, today)).toMatchObject({ months: { min, max }, doubts });
  });

  it('counts years of jobs at the same time once', () => {
    const { experience, flags } = finish([job('2020-01', '2021-12'), job('2021-01', '2022-12', false, 'Consultor')]);
    expect(experience.years).toEqual({ min: 3, max: 3 });
    expect(flags).toEqual([{ code: 'dates.overlap', documentId: null }]);
  });

  it('tells jobs that were handed over from jobs at the same time', () => {
    expect(codes(finish([job('2020-01', '2021-02'), job('2021-02', '2022-12', false, 'Consultor')]))).toEqual([]);
  });

  it.each([
    ['one job with two dates', [job('2020-01', '2021-12'), job('2020-03', '2021-12')]],
    ['an end before its start', [job('2022-01', '2021-12')]],
    ['a job to come', [job('2031-01', null)]],
  ])('says that dates contradict for %s', (_, jobs) => {
    expect(codes(finish(jobs))).toContain('dates.contradict');
  });

  it('names the document that says too little', () => {
    expect(finish([], 0, 'Ana').flags).toEqual([{ code: 'text.short', documentId: 'cv' }]);
  });

  it('is trusted as far as its claims are, and less for each that was not supported', () => {
    expect(finish([job('2020-01', '2021-12')]).analysisConfidence).toBe(0.8);
    expect(finish([job('2020-01', '2021-12')], 3).analysisConfidence).toBe(0.2);
    expect(finish([]).analysisConfidence).toBe(0);
  });

  it('puts the newest job first and undated ones last', () => {
    const { jobs } = finish([job(null, null), job('2010-01', '2012-01'), job('2015-01', null, true)]);
    expect(jobs.map(({ start }) => start)).toEqual(['2015-01', '2010-01', null]);
  });
});
