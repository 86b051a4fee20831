import { describe, expect, test } from 'vitest';
import { addCounts, countPlaywright, countVitest, NO_TESTS } from '@/lib/cli/test-counts';

describe('the totals of npm test', () => {
  test('add the tests of both runners', () => {
    const vitest = countVitest({ numPassedTests: 40, numFailedTests: 1, numPendingTests: 2 });
    const playwright = countPlaywright({ stats: { expected: 12, unexpected: 2, flaky: 0, skipped: 1 } });
    expect(addCounts(vitest, playwright)).toEqual({ passed: 52, failed: 3, failures: [] });
  });

  test('count a flaky browser test as failed', () => {
    expect(countPlaywright({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } })).toEqual({
      passed: 3,
      failed: 1,
      failures: [],
    });
  });

  test('count nothing where a runner wrote no report', () => {
    expect([countVitest(undefined), countPlaywright('')]).toEqual([NO_TESTS, NO_TESTS]);
  });

  test('name each failure with the first lines of why, also of a file that did not load and of a nested browser test', () => {
    const vitest = countVitest({
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'adds', failureMessages: [] },
            { status: 'failed', fullName: 'takes away', failureMessages: ['expected 1 to be 2\n    at a.test.ts:3'] },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      ],
    });
    const error = { message: Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n') };
    const playwright = countPlaywright({
      stats: { expected: 0, unexpected: 1, flaky: 0 },
      suites: [{ suites: [{ specs: [{ title: 'opens', file: 'c.spec.ts', ok: false, tests: [{ results: [{ error }] }] }] }] }],
    });
    const [first, second, third] = addCounts(vitest, playwright).failures;
    expect([first, second]).toEqual([
      'a.test.ts › takes away\n    expected 1 to be 2\n        at a.test.ts:3',
      'b.test.ts\n    Cannot find module',
    ]);
    expect(third?.split('\n')).toHaveLength(13);
    expect(third).toContain('c.spec.ts › opens\n    line 0');
  });
});
