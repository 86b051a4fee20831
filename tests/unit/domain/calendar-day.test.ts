import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayBounds, dayOf, isTimeZone, momentOn, parseDay } from '@/lib/domain/calendar-day';
import { boundsOf, momentsOf, parseDaySpan, withDaysWritten } from '@/lib/domain/day-span';
import { dueAt, dueBefore } from '@/lib/domain/retention';

const HOUR_MS = 3_600_000;

/** Zones whose days are odd: half an hour of summer, three quarters of an hour, a skipped day, a clock that goes back over midnight. */
const ODD_ZONES = [
  'UTC',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Tehran',
  'Pacific/Kiritimati',
  'Pacific/Niue',
];
const zone = fc.oneof(fc.constantFrom(...ODD_ZONES), fc.constantFrom(...Intl.supportedValuesOf('timeZone')));
const moment = fc.integer({ min: Date.UTC(1970, 0, 3), max: Date.UTC(2040, 0, 1) });
const day = moment.map((at) => new Date(at).toISOString().slice(0, 10));
// As Intl alone says it, by a way of its own.
const shownBy = (at: number, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);

describe('a day of the calendar', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00', 25],
    ['2026-10-31', 'Europe/Berlin', '2026-10-30T23:00', 24],
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00', 24.5],
    ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30', 23.5],
    ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15', 24],
    ['2011-12-29', 'Pacific/Apia', '2011-12-29T10:00', 24],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00', 0],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00', 24],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00', 23],
    ['2006-10-29', 'America/St_Johns', '2006-10-29T02:30', 25],
    ['9999-12-31', 'UTC', '9999-12-31T00:00', 24],
    ['0001-01-01', 'UTC', '0001-01-01T00:00', 24],
  ])('%s in %s begins at %sZ and lasts %d hours', (text, inZone, begins, hours) => {
    const { from, before } = dayBounds(text, inZone);
    expect(new Date(from).toISOString()).toBe(`${begins}:00.000Z`);
    expect((before - from) / HOUR_MS).toBe(hours);
  });

  it('holds every moment in exactly one day, which is the day the clocks of the zone show', () => {
    fc.assert(
      fc.property(zone, moment, (inZone, at) => {
        const found = dayOf(at, inZone);
        const { from, before } = dayBounds(found, inZone);
        expect(from <= at && at < before).toBe(true);
        expect(dayBounds(addDays(found, 1), inZone).from).toBe(before);
        expect(dayBounds(addDays(found, -1), inZone).before).toBe(from);
        // Its first moment, and no earlier one, is shown as it; within the hour a clock goes back over midnight it may be shown as the day before.
        expect(shownBy(from, inZone)).toBe(found);
        expect(shownBy(from - 1, inZone) < found).toBe(true);
        if (shownBy(at, inZone) !== found) expect(at - from).toBeLessThan(2 * HOUR_MS);
      }),
      { numRuns: 300 },
    );
  });

  it('names the moment a clock first shows a time, and the change where it skips that time', () => {
    fc.assert(
      fc.property(zone, day, fc.integer({ min: 0, max: 1439 }), (inZone, text, minutes) => {
        const at = momentOn(text, minutes, inZone);
        const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: inZone, dateStyle: 'short', timeStyle: 'short' });
        const wanted = `${text} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        if (clock.format(at) === wanted) return;
        expect(clock.format(at) > wanted && clock.format(at - 60_000) < wanted).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is a day that exists, and a zone is a name and not an offset', () => {
    expect(['2026-02-29', '2026-02-30', '2026-13-01', '0000-01-01', '2026-1-1', 'today', ''].map(parseDay)).toEqual(Array(7).fill(null));
    expect(['2024-02-29', '0001-01-01', '9999-12-31'].map(parseDay)).toEqual(['2024-02-29', '0001-01-01', '9999-12-31']);
    expect(['UTC', 'Europe/Berlin', 'Asia/Kathmandu'].every(isTimeZone)).toBe(true);
    expect(['+01:00', 'Berlin', '', 'UTC+1', '../etc'].some(isTimeZone)).toBe(false);
  });
});

describe('a span of days', () => {
  const span = (query: string) => parseDaySpan(new URLSearchParams(query), 'from', 'to');
  const covers = (query: string, inZone: string, now: string) => {
    const { from, before } = momentsOf(span(query), { zone: inZone, now: Date.parse(now) });
    return [from, before].map((at) => (at === null ? null : new Date(at).toISOString().slice(0, 16)));
  };

  it('includes its last day whole, in the zone', () => {
    expect(covers('from=2026-10-25&to=2026-10-31', 'Europe/Berlin', '2026-01-01T00:00:00Z')).toEqual([
      '2026-10-24T22:00',
      '2026-10-31T23:00',
    ]);
    expect(covers('to=2026-10-31', 'Asia/Kathmandu', '2026-01-01T00:00:00Z')).toEqual([null, '2026-10-31T18:15']);
  });

  it('counts its days anew from the present one', () => {
    expect(covers('from=today-6', 'Europe/Berlin', '2026-10-26T12:00:00Z')).toEqual(['2026-10-19T22:00', null]);
    expect(covers('from=today-6', 'Europe/Berlin', '2026-10-26T23:30:00Z')).toEqual(['2026-10-20T22:00', null]);
    expect(covers('from=today&to=today', 'Europe/Berlin', '2026-10-25T12:00:00Z')).toEqual(['2026-10-24T22:00', '2026-10-25T23:00']);
    expect(covers('to=today-1', 'Pacific/Apia', '2011-12-31T00:00:00Z')).toEqual([null, '2011-12-30T10:00']);
  });

  it('keeps an instant as it is, and never leaves the years a database has', () => {
    expect(boundsOf('2026-10-31T12:00:00+02:00', { zone: 'Asia/Kathmandu', now: 0 })).toEqual({
      from: Date.parse('2026-10-31T10:00:00Z'),
      before: Date.parse('2026-10-31T10:00:00.001Z'),
    });
    expect(boundsOf('9999-12-31', { zone: 'Pacific/Niue', now: 0 }).before).toBe(Date.parse('9999-12-31T23:59:59.999Z') + 1);
    expect(boundsOf('0001-01-01', { zone: 'Asia/Kathmandu', now: 0 }).from).toBe(Date.parse('0001-01-01T00:00:00Z'));
  });

  it.each([
    ['from=yesterday', 'from', /must be a day/],
    ['from=today-0', 'from', /must be a day/],
    ['to=today%2B1', 'to', /must be a day/],
    ['to=2026-02-30T10:00:00Z', 'to', /must be a day/],
    ['to=2026-10-31T10:00:00', 'to', /must be a day/],
    ['from=2026-10-31&from=2026-11-01', 'from', /only once/],
    ['from=2026-11-01&to=2026-10-31', 'to', /before the first/],
  ])('refuses %s and names %s', (query, field, message) => {
    expect(() => span(query)).toThrow(expect.objectContaining({ field, message: expect.stringMatching(message) }));
  });

  it('is written as the days it is now where it is kept to be read later, and nothing else is touched', () => {
    const now = Date.parse('2026-10-26T23:30:00Z');
    const written = withDaysWritten(new URLSearchParams('tag=from%3Dtoday&from=today-6&decidedTo=today&text=today'), {
      zone: 'Europe/Berlin',
      now,
    });
    expect(decodeURIComponent(written.toString())).toBe(
      'tag=from%3Dtoday&from=2026-10-21&decidedTo=2026-10-27&text=today'.replace('%3D', '='),
    );
  });
});

describe('retention', () => {
  it('is over with the end of the last day, never sooner than its hours, by one rule for one case and for all', () => {
    expect(dueAt({ resolvedAt: Date.parse('2026-03-01T11:00:00Z') }, 30, 'Europe/Berlin')).toBe(Date.parse('2026-03-31T22:00:00Z'));
    // The clock went forward: the day ends an hour sooner than 30 times 24 hours after 23:59.
    const late = Date.parse('2026-03-01T22:59:00Z');
    expect(dueAt({ resolvedAt: late }, 30, 'Europe/Berlin')).toBe(late + 30 * 24 * HOUR_MS);
    fc.assert(
      fc.property(zone, moment, fc.integer({ min: 1, max: 4000 }), fc.integer({ min: -50, max: 50 }), (inZone, resolvedAt, days, hours) => {
        const now = resolvedAt + (days * 24 + hours) * HOUR_MS;
        expect(resolvedAt < dueBefore(days, { zone: inZone, now })).toBe((dueAt({ resolvedAt }, days, inZone) ?? 0) <= now);
      }),
      { numRuns: 300 },
    );
  });
});
