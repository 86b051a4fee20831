import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_QUERY, DIRECTIONS, formatGridQuery, parseGridQuery, SORT_FIELDS } from '@/lib/domain/grid-query';
import { Refusal } from '@/lib/domain/refusal';
import { formatTagFilter, parseTagFilter } from '@/lib/domain/tag-filter';

function badField(query: string): string | undefined {
  try {
    parseGridQuery(new URLSearchParams(query));
  } catch (error) {
    if (error instanceof Refusal && error.code === 'bad-request') return error.field;
    throw error;
  }
  return undefined;
}

describe('the grid’s URL', () => {
  test('says nothing: newest first, 25 a page', () => {
    expect(parseGridQuery(new URLSearchParams())).toEqual(DEFAULT_QUERY);
    expect(parseGridQuery(new URLSearchParams('tagFilter=&columns=id'))).toEqual(DEFAULT_QUERY);
  });

  test('reads back what was written into it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => value.trim());
    const tag = fc.record({ name: text.filter((name) => name !== '' && !name.includes('=')), value: text });
    const queries = fc.record({
      limit: fc.integer({ min: 1, max: 100 }),
      offset: fc.maxSafeNat(),
      sortBy: fc.constantFrom(...SORT_FIELDS),
      direction: fc.constantFrom(...DIRECTIONS),
      tag: fc.option(tag),
    });
    fc.assert(
      fc.property(queries, (query) => {
        expect(parseGridQuery(formatGridQuery(query))).toEqual(query);
      }),
    );
  });

  test.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=1e1'],
    ['limit', 'limit='],
    ['limit', 'limit=25&limit=50'],
    ['offset', 'offset=-1'],
    ['offset', 'offset=0x10'],
    ['offset', 'offset=9007199254740992'],
    ['sortBy', 'sortBy=Timestamp'],
    ['sortBy', 'sortBy=constructor'],
    ['direction', 'direction=down'],
    ['tagFilter', 'tagFilter=customer'],
    ['tagFilter', 'tagFilter==9999'],
    ['tagFilter', `tagFilter=a=${'x'.repeat(600)}`],
  ])('names %s when it reads ?%s', (field, query) => {
    expect(badField(query)).toBe(field);
  });
});

describe('a tag filter', () => {
  test('is parted at its first equals sign, without the blanks around both sides', () => {
    expect(parseTagFilter(' customerId = 9999 ')).toEqual({ name: 'customerId', value: '9999' });
    expect(parseTagFilter('a=b=c')).toEqual({ name: 'a', value: 'b=c' });
    expect(parseTagFilter('a=')).toEqual({ name: 'a', value: '' });
    expect(formatTagFilter({ name: 'a', value: 'b=c' })).toBe('a=b=c');
  });

  test('needs a name', () => {
    for (const text of ['', 'customerId', ' = 5']) expect(parseTagFilter(text)).toBeNull();
  });
});
