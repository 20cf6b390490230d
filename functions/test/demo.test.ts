import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { people } from '../../scripts/demo/people.ts';
import { postings } from '../../scripts/demo/postings.ts';
import { pdfs, resumes } from '../../scripts/demo/resumes.ts';
import { CandidateProfile } from '../src/contract/candidate.ts';
import { CandidateId, TenantId } from '../src/contract/ids.ts';
import { readPosting } from '../src/domain/msgs/read-posting.ts';
import { openLexicon } from '../src/platform/lexicon.ts';

const demo = new URL('../../demo/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, demo));
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

interface Person {
  candidateId: string;
  profile: CandidateProfile;
}

describe.each([
  ['acme', 340],
  ['globex', 64],
])('the demo tenant %s', (tenant, count) => {
  const text = read(`${tenant}/candidates.json`).toString('utf8');
  const candidates: Person[] = JSON.parse(text);

  it(`has ${count} people, each with an id of its own and a valid profile`, () => {
    expect(candidates).toHaveLength(count);
    expect(new Set(candidates.map((one) => CandidateId.parse(one.candidateId))).size).toBe(count);
    for (const { profile } of candidates) expect(CandidateProfile.parse(profile)).toEqual(profile);
  });

  it('is about 70 % Brazilian Portuguese and 30 % English', () => {
    const portuguese = candidates.filter((one) => /experiência/.test(one.profile.summary ?? '')).length / count;
    expect(portuguese).toBeGreaterThan(0.62);
    expect(portuguese).toBeLessThan(0.78);
  });

  it('is made again byte for byte from the same seeds', async () => {
    expect(sha256(`${JSON.stringify(people(tenant, count, await openLexicon()), null, 1)}\n`)).toBe(sha256(text));
  });

  it('holds nobody’s real address or number', () => {
    for (const { profile } of candidates) {
      expect(profile.email).toMatch(/@example\.(com|org)$/);
      expect(profile.phone ?? '+55 11 90000-0000').toMatch(/^\+55 \d\d 90000-\d{4}$/);
    }
  });

  it('names skills the lexicon knows', async () => {
    const known = new Set(
      (await openLexicon()).skills
        .flatMap((one) => [one.label, one.labelPt ?? one.label])
        .map((name) => name.toLowerCase()),
    );
    const strange = candidates
      .flatMap((one) => one.profile.skills.map((skill) => skill.name))
      .filter((name) => !known.has(name.toLowerCase()));
    expect(strange).toEqual([]);
  });

  it('writes careers latest job first, and leaves some dates out as people do', () => {
    const jobs = candidates.flatMap((one) => one.profile.experience);
    expect(jobs.some((job) => job.start === undefined)).toBe(true);
    expect(jobs.some((job) => job.start !== undefined && job.end === undefined && job.current === undefined)).toBe(
      true,
    );
    for (const { profile } of candidates) {
      const years = profile.experience.flatMap((job) =>
        job.start === undefined ? [] : [Number(job.start.slice(0, 4))],
      );
      expect([...years].sort((a, b) => b - a)).toEqual(years);
    }
    for (const job of jobs)
      if (job.start !== undefined && job.end !== undefined)
        expect(job.start.slice(0, 4) <= job.end.slice(0, 4)).toBe(true);
  });
});

describe('the demo pool of acme', () => {
  const candidates: Person[] = JSON.parse(read('acme/candidates.json').toString('utf8'));
  const has = (one: Person, name: string) => one.profile.skills.some((skill) => skill.name === name);

  it.each<[string, (one: Person) => boolean]>([
    [
      'Desenvolvedora backend Java sênior com Kafka e inglês fluente em São Paulo',
      (one) =>
        one.profile.seniority === 'senior' &&
        has(one, 'Java') &&
        has(one, 'Apache Kafka') &&
        one.profile.location?.city === 'São Paulo' &&
        one.profile.languages.some((l) => l.code === 'en' && (l.level === 'C1' || l.level === 'C2')),
    ],
    [
      'senior data engineer with Spark and AWS, remote',
      (one) =>
        one.profile.seniority === 'senior' &&
        has(one, 'Apache Spark') &&
        has(one, 'Amazon Web Services') &&
        (one.profile.workModes ?? []).includes('remote'),
    ],
    [
      'analista contábil pleno com SPED e Excel avançado',
      (one) => one.profile.seniority === 'mid' && has(one, 'SPED') && has(one, 'Excel avançado'),
    ],
    ['enfermeira com experiência em UTI', (one) => /^Enfermeir/.test(one.profile.title ?? '') && has(one, 'UTI')],
    [
      'product manager fintech',
      (one) => /produto|product/i.test(one.profile.title ?? '') && one.profile.industries.includes('fintech'),
    ],
  ])('has at least five answers to "%s"', (_, fits) => {
    expect(candidates.filter(fits).length).toBeGreaterThanOrEqual(5);
  });
});

describe('the demo market', () => {
  const until = '2026-11-24';

  it('is advertisements of the 20 weeks up to a day, the same for the same day, and moves with it', async () => {
    const lexicon = await openLexicon();
    const market = postings('acme', 600, until, lexicon);
    expect(postings('acme', 600, until, lexicon)).toEqual(market);
    const days = market.map(({ postedAt }) => postedAt).sort();
    expect([days[0], days.at(-1)]).toEqual(['2026-07-08', until]);
    expect(postings('acme', 600, '2026-11-25', lexicon)[0]?.postedAt).not.toBe(market[0]?.postedAt);
  });

  it('holds for the importer, each advertisement with its occupation, years and skills', async () => {
    const lexicon = await openLexicon();
    const read = postings('acme', 600, until, lexicon).map((row) => readPosting(lexicon, row, new Date(until)));
    const facts = read.flatMap((one) => ('posting' in one ? [one.posting] : []));
    expect(facts).toHaveLength(600);
    expect(facts.filter(({ occupations }) => occupations.length === 0)).toEqual([]);
    expect(facts.filter(({ years, region, industry }) => years === null || region === '' || industry === '')).toEqual(
      [],
    );
    expect(facts.filter(({ required }) => required.length < 2)).toEqual([]);
    // Enough of what a visitor asks about first for `msgs.expand` to answer.
    for (const [id, least] of [
      ['java', 15],
      ['apache-kafka', 8],
      ['sped', 15],
      ['uti', 15],
    ] as const)
      expect(facts.filter(({ required }) => required.includes(id)).length).toBeGreaterThanOrEqual(least);
  });
});

describe('the demo resumes', () => {
  const index: { file: string; candidateId: string }[] = JSON.parse(read('acme/resumes/index.json').toString('utf8'));

  it('are three PDF, three DOCX and three TXT files, each of one candidate', () => {
    const kinds = index.map(({ file }) => file.slice(file.lastIndexOf('.') + 1)).sort();
    expect(kinds).toEqual(['docx', 'docx', 'docx', 'pdf', 'pdf', 'pdf', 'txt', 'txt', 'txt']);
    expect(new Set(index.map(({ candidateId }) => CandidateId.parse(candidateId))).size).toBe(9);
    for (const file of pdfs) expect(read(`acme/resumes/${file}`).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('are made again byte for byte', async () => {
    for (const { file, bytes } of await resumes(await openLexicon())) {
      expect(`${file} ${sha256(bytes)}`).toBe(`${file} ${sha256(read(`acme/resumes/${file}`))}`);
    }
  });
});

describe('the demo cast', () => {
  const cast: { uid: string; email: string; tenantId: string; roles: string[] }[] = JSON.parse(
    read('cast.json').toString('utf8'),
  );

  it('has a recruiter and an administrator in each tenant, an auditor and an operator', () => {
    const held = cast.map(({ uid, tenantId, roles }) => `${uid}: ${roles.join('+')} of ${TenantId.parse(tenantId)}`);
    expect(held).toEqual([
      'ana: recruiter of acme',
      'bruno: admin of acme',
      'carla: auditor of acme',
      'diego: recruiter of globex',
      'elisa: admin of globex',
      'olga: operator of headhunter',
    ]);
    for (const { email } of cast) expect(email).toMatch(/@example\.com$/);
  });
});
