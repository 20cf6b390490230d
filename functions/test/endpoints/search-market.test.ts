import * as functions from '../../src/index.ts';
import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';

let world: World;
let ana: Person;
let bob: Person;
let [before, after]: { ana: Json; bob: Json }[] = [];

const question = { query: 'Java e Scala', limit: 50, locale: 'en' };
const candidates = [
  ['both', ['Java', 'Scala', 'Kafka']],
  ['both-plain', ['Java', 'Scala']],
  ['java', ['Java']],
  ['beekeeper', ['Apicultura']],
  ['cobol', ['COBOL']],
  ['fortran', ['Fortran']],
].map(([id, skills]) => ({
  candidateId: `m-${id}`,
  profile: { fullName: 'Gente Exemplo', title: 'Programadora', skills: (skills as string[]).map((name) => ({ name })) },
}));

/** Forty advertisements name Java, so many of them the skill too that is near it here; most of the market names neither. */
const postings = (near: string, together: number) => [
  { postedAt: '2026-01-30', source: 'gupy', skills: ['Java', near], count: together },
  { postedAt: '2026-01-30', source: 'gupy', skills: ['Java'], count: 40 - together },
  { postedAt: '2026-01-29', source: 'gupy', skills: ['Excel'], count: 400 },
];

const told = async (person: Person, id: string, input: Record<string, unknown>): Promise<Json> => {
  const { status, reply, error } = await ask(person, 'rest', id, input);
  expect({ id, status, error }).toEqual({ id, status: 200, error: undefined });
  return reply;
};
const both = async () => ({
  ana: await told(ana, 'search.hybrid', question),
  bob: await told(bob, 'search.hybrid', question),
});
const idsOf = ({ results }: Json): string[] => results.map((one: Json) => one.candidateId);
const of = ({ results }: Json, id: string): Json => results.find((one: Json) => one.candidateId === id);
const signal = (answer: Json, id: string, name: string): number =>
  of(answer, id).signals.find((one: Json) => one.name === name).value;

beforeAll(async () => {
  world = await openWorld();
  [ana, bob] = (await Promise.all(
    ['cobol', 'fortran'].map(async (near) => {
      const person = await world.person(await world.tenant(near));
      await told(person, 'candidates.import', { candidates });
      await told(person, 'msgs.import', { postings: postings(near, near === 'cobol' ? 34 : 20) });
      return person;
    }),
  )) as [Person, Person];
  before = await both();
  await functions.neighboursRecompute.run({ scheduleTime: '2026-02-01T03:30:00Z' });
  after = await both();
});
afterAll(() => world.close());

describe('the market in a search', () => {
  it('is not there before it was counted, and drops the answers made without it', () => {
    expect([before?.ana.market, before?.bob.market]).toEqual([null, null]);
    expect([after?.ana.cacheHit, after?.ana.market.isCurrent]).toEqual([false, true]);
    expect(after?.ana.degraded).toEqual([]);
  });

  it('raises who has what is named together with what is asked for, and says how often it is', () => {
    expect(of(after?.ana, 'm-cobol').reasons).toEqual([
      {
        kind: 'adjacentSkill',
        subject: 'Java',
        text: 'Does not mention Java, but has COBOL: 34 of 40 advertisements that name Java name both',
        market: { skillId: 'cobol', together: 34, outOf: 40, from: '2026-01-29', to: '2026-01-30' },
      },
    ]);
    expect(of(after?.ana, 'm-cobol').missing.map((one: Json) => one.subject)).toEqual(['Java', 'Scala']);
    expect(signal(after?.ana, 'm-cobol', 'skillsInferred')).toBeGreaterThan(
      signal(before?.ana, 'm-cobol', 'skillsInferred'),
    );
  });

  it('is each tenant’s own', () => {
    expect(of(after?.bob, 'm-fortran').reasons[0].market).toMatchObject({
      skillId: 'fortran',
      together: 20,
      outOf: 40,
    });
    expect(of(after?.bob, 'm-cobol').reasons).toEqual([]);
    expect(of(after?.ana, 'm-fortran').reasons).toEqual([]);
    expect(signal(after?.bob, 'm-cobol', 'skillsInferred')).toBe(signal(before?.bob, 'm-cobol', 'skillsInferred'));
  });

  it('loses nobody, lowers nobody, and leaves those who have all that is asked where they were', () => {
    for (const who of ['ana', 'bob'] as const) {
      const [was, is] = [before?.[who], after?.[who]];
      expect([is.total, idsOf(is).sort()]).toEqual([was.total, idsOf(was).sort()]);
      for (const id of idsOf(was)) expect(of(is, id).score).toBeGreaterThanOrEqual(of(was, id).score);
      const exact = (answer: Json) => idsOf(answer).filter((id) => id.startsWith('m-both'));
      expect(idsOf(is).slice(0, 2)).toEqual(idsOf(was).slice(0, 2));
      expect(exact(is)).toEqual(idsOf(is).slice(0, 2));
      for (const id of exact(was)) expect([id, of(is, id).score]).toEqual([id, of(was, id).score]);
    }
  });

  it('says that it is out of date once advertisements came that are not counted yet; msgs.expand counts them at once', async () => {
    await told(ana, 'msgs.import', { postings: [{ postedAt: '2026-01-30', source: 'x', skills: ['Java'] }] });
    const again = await told(ana, 'search.hybrid', { ...question, limit: 49 });
    expect(again.market).toEqual({ ...after?.ana.market, isCurrent: false });
    expect(of(again, 'm-cobol').reasons[0].market.outOf).toBe(40);
    expect((await told(ana, 'msgs.expand', { skillId: 'java' })).seedSkill.support).toBe(41);
  });

  it('is told briefly as what is missing, never as what matches', async () => {
    const { results } = await told(ana, 'search.candidates', { query: question.query, limit: 50 });
    const cobol = results.find((one: Json) => one.candidateId === 'm-cobol');
    expect([cobol.matched, cobol.missing]).toEqual([[], ['Java', 'Scala']]);
  });
});
