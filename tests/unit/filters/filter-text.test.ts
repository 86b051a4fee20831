import { describe, expect, it } from 'vitest';
import { daysText } from '@/components/filters/days-text';
import { choicesText, personText, spanText } from '@/components/filters/filter-text';
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

describe('days', () => {
  it.each([
    [{ from: null, to: null }, null],
    [{ from: 'today', to: null }, 'today (Asia/Kathmandu)'],
    [{ from: 'today-6', to: null }, 'last 7 days (Asia/Kathmandu)'],
    [{ from: 'today-6', to: 'today-1' }, '6 days ago to yesterday (Asia/Kathmandu)'],
    [{ from: '2026-10-31', to: '2026-10-31' }, '31 Oct 2026 (Asia/Kathmandu)'],
    [{ from: '2026-10-31', to: null }, 'since 31 Oct 2026 (Asia/Kathmandu)'],
    [{ from: null, to: '2026-10-31T18:15:00Z' }, 'until 1 Nov 2026, 00:00 (Asia/Kathmandu)'],
  ])('%o read %s, with the zone they are days of', (span, text) => {
    expect(daysText(span, 'Asia/Kathmandu')).toBe(text);
  });
});
