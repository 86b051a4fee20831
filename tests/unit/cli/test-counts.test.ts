import { describe, expect, test } from 'vitest';
import { addCounts, countPlaywright, countVitest } from '@/lib/cli/test-counts';

describe('the totals of npm test', () => {
  test('add the tests of both runners', () => {
    const vitest = countVitest({ numPassedTests: 40, numFailedTests: 1, numPendingTests: 2 });
    const playwright = countPlaywright({ stats: { expected: 12, unexpected: 2, flaky: 0, skipped: 1 } });
    expect(addCounts(vitest, playwright)).toEqual({ passed: 52, failed: 3 });
  });

  test('count a flaky browser test as failed', () => {
    expect(countPlaywright({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } })).toEqual({ passed: 3, failed: 1 });
  });

  test('count nothing where a runner wrote no report', () => {
    expect([countVitest(undefined), countPlaywright('')]).toEqual([
      { passed: 0, failed: 0 },
      { passed: 0, failed: 0 },
    ]);
  });
});
