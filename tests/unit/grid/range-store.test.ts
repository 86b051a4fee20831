import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RangeStore } from '@/components/grid/range-store';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is on the screen is told at once, seldom while one scrolls, and always how it ended', () => {
  const range = new RangeStore();
  const told: number[] = [];
  const leave = range.subscribe(() => told.push(range.get().first));
  range.set(1, 31);
  expect(told).toEqual([1]);
  for (let first = 4; first <= 61; first += 3) {
    range.set(first, first + 30);
    vi.advanceTimersByTime(16);
  }
  expect(told.length).toBeLessThan(6);
  vi.advanceTimersByTime(1000);
  expect(told.at(-1)).toBe(61);
  const before = told.length;
  range.set(61, 91);
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(before);
  leave();
  range.set(0, 30);
  expect(told).toHaveLength(before);
  expect(range.get()).toEqual({ first: 0, last: 30 });
});
