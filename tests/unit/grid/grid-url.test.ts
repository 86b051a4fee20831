import { describe, expect, it } from 'vitest';
import { caseHref, gridHref, readGridUrl } from '@/components/grid/grid-url';
import { SORTS, sortedBy, sortFieldOf, sortText } from '@/components/grid/sorting';
import { DEFAULT_QUERY, SORT_FIELDS } from '@/lib/domain/grid-query';

const read = (search: string) => {
  const reading = readGridUrl(new URLSearchParams(search));
  if ('field' in reading) throw new Error(reading.message);
  return reading;
};

describe('the address of the grid', () => {
  it('is its whole state: what is written is read back', () => {
    const state = read('limit=50&offset=100&sortBy=selfieFileSize&direction=asc&tagFilter=note%3Da%3Db%26c&columns=id,selfieSize');
    expect(state.query).toEqual({
      limit: 50,
      offset: 100,
      sortBy: 'selfieFileSize',
      direction: 'asc',
      tag: { name: 'note', value: 'a=b&c' },
    });
    expect(read(gridHref(state).split('?')[1] ?? '')).toEqual(state);
  });

  it('of a case carries the same state, so that back and next stay under the filter', () => {
    const state = read('tagFilter=customerId%3D9999&columns=id,result');
    expect(caseHref(7, state)).toMatch(/^\/verifications\/7\?/);
    expect(read(caseHref(7, state).split('?')[1] ?? '')).toEqual(state);
  });

  it.each([
    ['limit=0&sortBy=verified', 'limit', '/verifications?sortBy=verified'],
    ['offset=-1', 'offset', '/verifications'],
    ['sortBy=password', 'sortBy', '/verifications'],
    ['direction=up', 'direction', '/verifications'],
    ['tagFilter=customerId', 'tagFilter', '/verifications'],
    ['columns=id,password&limit=50', 'columns', '/verifications?limit=50'],
    ['limit=25&limit=50', 'limit', '/verifications'],
  ])('names a parameter that cannot be used and offers the address without it: %s', (search, field, resetHref) => {
    expect(readGridUrl(new URLSearchParams(search))).toEqual({ field, resetHref, message: expect.stringContaining(field) });
  });
});

describe('sorting', () => {
  it('gives each of the nine fields a column of its own', () => {
    expect(new Set(SORT_FIELDS.map((field) => SORTS[field].column)).size).toBe(9);
    for (const field of SORT_FIELDS) expect(sortFieldOf(SORTS[field].column)).toBe(field);
    expect(sortFieldOf('match')).toBeUndefined();
  });

  it('starts again at the first page', () => {
    const sorted = sortedBy({ ...DEFAULT_QUERY, offset: 75 }, 'verified', 'asc');
    expect(sorted).toMatchObject({ offset: 0, sortBy: 'verified', direction: 'asc' });
    expect(sortText(sorted)).toBe('Result, not verified first');
  });
});
