import fc from 'fast-check';
import { z } from 'zod';
import { TenantId } from '../../src/contract/ids.ts';
import { decodeCursor, encodeCursor } from '../../src/contract/paging.ts';

const anyPosition = z.array(z.string());
const acme = TenantId.parse('acme');
const globex = TenantId.parse('globex');
const refusal = expect.objectContaining({
  code: 'page.cursor_invalid',
  details: [{ path: 'cursor', message: expect.any(String) }],
});

describe('a cursor', () => {
  it('gives back the position it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (position) => {
        expect(decodeCursor(acme, 'list', encodeCursor(acme, 'list', position), anyPosition)).toEqual(position);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('is refused in another tenant and in another list', () => {
    const cursor = encodeCursor(acme, 'list', ['x']);
    expect(() => decodeCursor(globex, 'list', cursor, anyPosition)).toThrow(refusal);
    expect(() => decodeCursor(acme, 'other', cursor, anyPosition)).toThrow(refusal);
  });

  it('is refused when it is anything else, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(() => decodeCursor(acme, 'list', text, anyPosition)).toThrow(refusal);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('is refused when one letter of it changed', () => {
    const cursor = encodeCursor(acme, 'list', ['2026-01-01', 'ana']);
    for (let i = 0; i < cursor.length; i++) {
      const letter = cursor[i] === 'A' ? 'B' : 'A';
      expect(() => decodeCursor(acme, 'list', cursor.slice(0, i) + letter + cursor.slice(i + 1), anyPosition)).toThrow(
        refusal,
      );
    }
  });
});
