import { z } from 'zod';

export type Counts = { passed: number; failed: number };

const count = z.number().int().nonnegative();
const vitestReport = z.object({ numPassedTests: count, numFailedTests: count });
const playwrightReport = z.object({ stats: z.object({ expected: count, unexpected: count, flaky: count }) });

/** Counts of vitest's JSON report; none when there is no such report. */
export function countVitest(report: unknown): Counts {
  const { data } = vitestReport.safeParse(report);
  return { passed: data?.numPassedTests ?? 0, failed: data?.numFailedTests ?? 0 };
}

/** Counts of Playwright's JSON report; none when there is no such report. A flaky test counts as failed: it failed once. */
export function countPlaywright(report: unknown): Counts {
  const { data } = playwrightReport.safeParse(report);
  return { passed: data?.stats.expected ?? 0, failed: (data?.stats.unexpected ?? 0) + (data?.stats.flaky ?? 0) };
}

export function addCounts(...counts: Counts[]): Counts {
  return counts.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }), { passed: 0, failed: 0 });
}
