import { readFileSync } from 'node:fs';
import type { Served } from '../lib/serve.ts';
import { apiOf } from './ask.ts';
import { people, tenants } from './cast.ts';

const demo = new URL('../../demo/', import.meta.url);
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, demo), 'utf8'));

/**
 * Two tenants, the cast, and their candidates and resumes through the public API, unless an earlier start did it.
 * Returns the ID token of each of the cast by uid.
 */
export async function seedDemo(served: Served, say: (line: string) => void): Promise<Map<string, string>> {
  for (const [id, name] of Object.entries(tenants)) await served.addTenant(id, name);
  const tokens = new Map<string, string>();
  for (const person of people) tokens.set(person.uid, await served.addPerson(person));
  for (const tenant of Object.keys(tenants)) {
    const recruiter = people.find((person) => person.tenantId === tenant && person.roles.includes('recruiter'));
    if (!recruiter) continue;
    const api = apiOf(served.host.url, tokens.get(recruiter.uid) ?? '');
    const candidates: unknown[] = readJson(`${tenant}/candidates.json`);
    // The import comes last and is one transaction, so its first candidate being there means that all is.
    const probe = await api.rest('GET', `/v1/candidates/${tenant}-0001`);
    if (probe.status === 200) {
      say(`Demo: ${tenant} is there from an earlier start`);
      continue;
    }
    const resumes: { file: string }[] = tenant === 'acme' ? readJson('acme/resumes/index.json') : [];
    for (const { file } of resumes) {
      const contentBase64 = readFileSync(new URL(`acme/resumes/${file}`, demo)).toString('base64');
      await api.expectOk('POST', '/v1/candidates/upload', { fileName: file, contentBase64 });
    }
    await api.expectOk('POST', '/v1/candidates/import', { candidates });
    say(
      `Demo: ${tenant} has ${candidates.length} candidates${resumes.length > 0 ? ` and ${resumes.length} resumes` : ''}`,
    );
  }
  return tokens;
}
