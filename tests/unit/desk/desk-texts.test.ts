import { expect, test } from 'vitest';
import { dueText } from '@/components/desk/due-text';
import { snoozeTimes } from '@/components/desk/snooze-times';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

test('how far off a moment is reads in its largest unit, before and after it', () => {
  const now = 1_770_000_000_000;
  const texts = [-3 * 24 * HOUR_MS, -90 * MINUTE_MS, 30_000, 59 * MINUTE_MS, 47 * HOUR_MS, 48 * HOUR_MS].map((off) =>
    dueText(now + off, now),
  );
  expect(texts).toEqual(['3 d ago', '1 h ago', 'now', 'in 59 min', 'in 47 h', 'in 2 d']);
});

test('every time to sleep until lies ahead and none twice the same way, whatever the day', () => {
  for (let day = 1; day <= 14; day += 1) {
    const now = new Date(2026, 2, day, 8, 30).getTime();
    const times = snoozeTimes({ zone: 'UTC', now });
    expect(times.every(({ until }) => until > now)).toBe(true);
    expect(new Set(times.map(({ until }) => until)).size).toBe(times.length);
  }
});

test.each([
  // Saturday evening there: the clock goes forward in the night, and tomorrow is a day of 23 hours.
  ['Europe/Berlin', '2026-03-28T22:30:00Z', '2026-03-29T07:00:00Z', '2026-03-30T07:00:00Z'],
  // Half past midnight: "tomorrow" is the next day of that calendar, not the morning of the same one.
  ['Asia/Kathmandu', '2026-06-09T18:45:00Z', '2026-06-11T03:15:00Z', '2026-06-15T03:15:00Z'],
  // A day of 25 hours: 24 hours later it is still the same day.
  ['America/New_York', '2026-11-01T04:30:00Z', '2026-11-02T14:00:00Z', '2026-11-02T14:00:00Z'],
])('in %s at %s tomorrow morning is %s and Monday morning %s', (zone, now, tomorrow, monday) => {
  const times = new Map(snoozeTimes({ zone, now: Date.parse(now) }).map(({ label, until }) => [label, new Date(until).toISOString()]));
  const [first, second] = [tomorrow, monday].map((at) => at.replace('Z', '.000Z'));
  expect(times.get('Tomorrow morning')).toBe(first);
  expect(times.get('Monday morning') ?? times.get('Tomorrow morning')).toBe(second);
});
