import { catalogue } from '../../src/contract/errors.ts';
import { registry } from '../../src/endpoints/registry.ts';
import { errorPages } from '../../src/projections/error-pages.ts';

const pages = errorPages(registry, 'generated');

describe('error pages', () => {
  it('give each code of the catalogue a page with its sentence and its remedy', () => {
    expect(Object.keys(pages).sort()).toEqual(
      ['README.md', ...Object.keys(catalogue).map((code) => `${code}.md`)].sort(),
    );
    for (const [code, { message, fix }] of Object.entries(catalogue)) {
      expect(pages[`${code}.md`]).toContain(message);
      expect(pages[`${code}.md`]).toContain(fix);
      expect(pages['README.md']).toContain(`[${code}](${code}.md)`);
    }
  });

  it('name the status of both dialects and the endpoints that can answer so', () => {
    const page = pages['candidate.not_found.md'];
    for (const part of ['HTTP 404', '`NOT_FOUND`', 'functions/not-found', '`candidates.get`', '`candidates.remove`'])
      expect(page).toContain(part);
    expect(page).not.toContain('`search.hybrid`');
    expect(pages['auth.required.md']).toContain('every endpoint');
  });
});
