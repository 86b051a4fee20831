import { describe, expect, it } from 'vitest';
import { choicesText, dayOf, daysText, endOfDay, personText, spanText, startOfDay } from '@/components/filters/filter-text';
import { FINDING_LABEL } from '@/components/filters/finding-label';
import { FINDING_KINDS } from '@/lib/domain/finding';

describe('what a filter says', () => {
  it('names up to two choices and counts more', () => {
    expect(choicesText([])).toBeNull();
    expect(choicesText(['open', 'reopened'])).toBe('open or reopened');
    expect(choicesText(['a', 'b', 'c'])).toBe('any of 3');
  });

  it.each([
    [{ from: null, to: null }, null],
    [{ from: 0.2, to: 0.38 }, '0.2 to 0.38'],
    [{ from: 0, to: null }, 'at least 0'],
    [{ from: null, to: 0.38 }, 'at most 0.38'],
  ])('%o reads %s', (span, text) => {
    expect(spanText(span)).toBe(text);
  });

  it('knows oneself and nobody, and does not make a name up', () => {
    expect(personText('me', [])).toBe('me');
    expect(personText('u1', [{ id: 'u1', name: 'Ana Lima' }])).toBe('Ana Lima');
    expect(personText('u2', [{ id: 'u1', name: 'Ana Lima' }])).toBe('somebody else');
  });

  it('has a name for every finding', () => {
    for (const kind of FINDING_KINDS) expect(FINDING_LABEL[kind]).not.toBe('');
  });
});

describe('a day of the reader', () => {
  it('begins with its first millisecond and ends with its last, also where the clock changes', () => {
    for (const day of ['2026-01-31', '2026-03-29', '2026-10-25', '2024-02-29']) {
      const [start, end] = [startOfDay(day) ?? 0, endOfDay(day) ?? 0];
      expect(dayOf(start)).toBe(day);
      expect(dayOf(start - 1)).not.toBe(day);
      expect(dayOf(end)).toBe(day);
      expect(dayOf(end + 1)).not.toBe(day);
      expect(daysText({ from: start, to: end })).not.toContain(' to ');
    }
    expect(startOfDay('')).toBeNull();
    expect(startOfDay('soon')).toBeNull();
  });
});
