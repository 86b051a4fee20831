import { z } from 'zod';

export interface Counts {
  passed: number;
  failed: number;
  /** One text for each failure that a runner explains: which test, and the first lines of why. */
  failures: readonly string[];
}

export const NO_TESTS: Counts = { passed: 0, failed: 0, failures: [] };

const LINES_OF_A_FAILURE = 12;
const count = z.number().int().nonnegative();

const vitestReport = z.object({
  numPassedTests: count,
  numFailedTests: count,
  testResults: z
    .array(
      z.object({
        name: z.string(),
        status: z.string(),
        message: z.string().optional(),
        assertionResults: z.array(z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).optional() })),
      }),
    )
    .default([]),
});

/** Counts of vitest's JSON report; none when there is no such report. */
export function countVitest(report: unknown): Counts {
  const { data } = vitestReport.safeParse(report);
  if (!data) return NO_TESTS;
  const failures = data.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [explained(name, message)];
    return failed.map(({ fullName, failureMessages }) => explained(`${name} › ${fullName}`, failureMessages?.join('\n')));
  });
  return { passed: data.numPassedTests, failed: data.numFailedTests, failures };
}

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(z.object({ results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })) })),
});
interface PlaywrightSuite {
  specs?: z.infer<typeof playwrightSpec>[] | undefined;
  suites?: PlaywrightSuite[] | undefined;
}
const playwrightSuite: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec).optional(), suites: z.array(playwrightSuite).optional() }),
);
const playwrightReport = z.object({
  stats: z.object({ expected: count, unexpected: count, flaky: count }),
  suites: z.array(playwrightSuite).default([]),
});

/** Counts of Playwright's JSON report; none when there is no such report. A flaky test counts as failed: it failed once. */
export function countPlaywright(report: unknown): Counts {
  const { data } = playwrightReport.safeParse(report);
  if (!data) return NO_TESTS;
  const failures = data.suites
    .flatMap(specsOf)
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => explained(`${file} › ${title}`, tests.flatMap(({ results }) => results.map(messageOf)).find(Boolean)));
  return { passed: data.stats.expected, failed: data.stats.unexpected + data.stats.flaky, failures };
}

export function addCounts(...counts: Counts[]): Counts {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    failures: counts.flatMap(({ failures }) => failures),
  };
}

function specsOf({ specs = [], suites = [] }: PlaywrightSuite): z.infer<typeof playwrightSpec>[] {
  return [...specs, ...suites.flatMap(specsOf)];
}

function messageOf({ error }: { error?: { message?: string | undefined } | undefined }): string | undefined {
  return error?.message;
}

function explained(test: string, message = 'It does not say why.'): string {
  const lines = message.split('\n').slice(0, LINES_OF_A_FAILURE);
  return [test, ...lines.map((line) => `    ${line}`)].join('\n');
}
