import { describe, expect, it } from 'vitest';
import { COLUMN_IDS } from '@/components/grid/column-choice';
import { caseHref, gridHref, readGridUrl } from '@/components/grid/grid-url';
import { INDEX_SORTS, indexSortOf, SORTS, sortedBy, sortFieldOf, sortPressed, sortText, sortWordsOf } from '@/components/grid/sorting';
import { fromIndex, fromUpstream } from '@/components/grid/switch-source';
import { DEFAULT_QUERY, SORT_FIELDS } from '@/lib/domain/grid-query';
import { DEFAULT_SEARCH, SEARCH_SORTS } from '@/lib/domain/search-query';

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

  it('names its source, and is the index’s where only the index could answer it', () => {
    const tag = { name: 'order=no, 1', value: '100 % "sûr" 🙂' };
    const state = {
      source: 'index' as const,
      query: { ...DEFAULT_SEARCH, tags: [tag], sortBy: 'confidence' as const },
      columns: ['id' as const],
    };
    expect(gridHref(state)).toContain('source=index&');
    expect(read(gridHref(state).split('?')[1] ?? '')).toEqual(state);
    for (const search of ['result=VERIFIED', 'sortBy=similarity', 'tag=a%3Db'])
      expect(readGridUrl(new URLSearchParams(search), 'live')).toMatchObject({ source: 'index' });
    for (const search of ['offset=25', 'tagFilter=a%3Db', 'sortBy=timestamp'])
      expect(readGridUrl(new URLSearchParams(search), 'index')).toMatchObject({ source: 'live' });
    expect(readGridUrl(new URLSearchParams('sortBy=idFileName'), 'live')).toMatchObject({ source: 'live' });
    expect(readGridUrl(new URLSearchParams('source=both'))).toMatchObject({ field: 'source' });
  });

  it('never carries the place of a page of the index, which is gone tomorrow', () => {
    expect(gridHref(read('source=index&cursor=abc'))).toBe('/verifications?source=index');
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
    const live = { source: 'live' as const, query: { ...DEFAULT_QUERY, offset: 75 }, columns: [] };
    const sorted = sortedBy(live, 'result', 'asc');
    expect(sorted.query).toMatchObject({ offset: 0, sortBy: 'verified', direction: 'asc' });
    expect(sortText(sorted)).toBe('Result, not verified first');
    expect(sortPressed(sorted, 'result').query.direction).toBe('desc');
    expect(sortPressed(sorted, 'match')).toBe(sorted);
  });

  it('goes by every column there is on the index, each field under a column of its own', () => {
    expect(new Set(SEARCH_SORTS.map((sort) => INDEX_SORTS[sort].column)).size).toBe(SEARCH_SORTS.length);
    for (const sort of SEARCH_SORTS) expect(indexSortOf(INDEX_SORTS[sort].column)).toBe(sort);
    for (const column of COLUMN_IDS) expect(sortWordsOf('index', column), column).toBeDefined();
  });

  it.each([
    ['customer', 'customer', 'Customer, A to Z'],
    ['faces', 'faces', 'Faces, most on the ID first'],
    ['findings', 'findings', 'Findings, most warnings first'],
    ['tags', 'tags', 'Tags, A to Z'],
    ['reviewer', 'reviewer', 'Reviewer, A to Z'],
    ['assignee', 'assignee', 'Given to, A to Z'],
  ] as const)('by %s is the index’s alone: the upstream’s own list stays as it is', (column, sortBy, words) => {
    expect(sortWordsOf('live', column)).toBeUndefined();
    const live = read('source=live&sortBy=verified');
    expect(sortPressed(live, column)).toBe(live);
    const sorted = sortPressed(read('source=index'), column);
    expect(sortText(sorted)).toBe(words);
    expect(read(gridHref(sorted).split('?')[1] ?? '')).toEqual(sorted);
    expect(readGridUrl(new URLSearchParams({ sortBy }), 'live')).toMatchObject({ source: 'index', query: { sortBy } });
    expect(fromUpstream(sorted)?.query.sortBy).toBe('timestamp');
  });
});

describe('changing the source', () => {
  it('keeps the tag and the order both sources know', () => {
    const live = read('sortBy=verified&direction=asc&tagFilter=a%3Db');
    const index = fromIndex(live);
    expect(index.query).toMatchObject({ sortBy: 'machineResult', direction: 'asc', tags: [{ name: 'a', value: 'b' }] });
    expect(fromUpstream(index)).toEqual(live);
  });

  it('is refused where the upstream would show other rows', () => {
    expect(fromUpstream(read('source=index&state=OPEN'))).toBeNull();
    expect(fromUpstream(read('source=index&tag=a%3Db&tag=c%3Dd'))).toBeNull();
    expect(fromUpstream(read('source=index&sortBy=confidence'))?.query.sortBy).toBe('timestamp');
  });
});
