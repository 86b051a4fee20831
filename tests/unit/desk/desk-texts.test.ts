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
    const times = snoozeTimes(now);
    expect(times.every(({ until }) => until > now)).toBe(true);
    expect(new Set(times.map(({ label }) => label)).size).toBe(times.length);
  }
});
