import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nextCommand } from './build';
import { addCounts, type Counts, countPlaywright, countVitest, NO_TESTS } from './test-counts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const reports = join(root, 'data/test');
const { resolve } = createRequire(join(root, 'package.json'));

/** Formatting and lint. */
export function checkFormat(): Promise<Counts> {
  const biome = resolve('@biomejs/biome/bin/biome');
  return pass('Formatting and lint', [biome, 'check', '--config-path=tests/lint.json', '--error-on-warnings', '.']);
}

/** Types. A fresh clone lacks the declarations that Next writes, so they are written first. */
export async function checkTypes(): Promise<Counts> {
  if (!existsSync(join(root, 'next-env.d.ts'))) {
    const written = await pass('Types of Next', [nextCommand(), 'typegen']);
    if (written.failed > 0) return written;
  }
  return pass('Types', [join(resolve('typescript/package.json'), '../bin/tsc'), '--noEmit', '-p', '.']);
}

/** Runs the vitest files whose path holds one of these, and counts their tests. */
export async function runVitest(paths: string[]): Promise<Counts> {
  const report = join(reports, 'vitest.json');
  const options = ['-c', 'tests/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await reported(report, [join(resolve('vitest/package.json'), '../vitest.mjs'), 'run', ...options, ...paths]);
  return judged(code, countVitest(readReport(report)));
}

/** Runs the browser tests, and counts them. */
export async function runPlaywright(): Promise<Counts> {
  const report = join(reports, 'e2e.json');
  const command = resolve('@playwright/test/cli');
  const code = await reported(report, [command, 'test', '-c', 'tests/e2e/playwright.config.ts']);
  return judged(code, countPlaywright(readReport(report)));
}

/** Lint and types are no tests: they count only when they fail. */
async function pass(name: string, args: string[]): Promise<Counts> {
  console.log(`\n— ${name}`);
  const code = await run(args);
  return code === 0 ? NO_TESTS : { passed: 0, failed: 1, failures: [name] };
}

function reported(report: string, args: string[]): Promise<number> {
  mkdirSync(reports, { recursive: true });
  rmSync(report, { force: true });
  return run(args);
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

// A run that ends badly with no test failed (a file that does not load, a server that does not start) has failed all the same.
function judged(code: number, counts: Counts): Counts {
  return code !== 0 && counts.failed === 0 ? addCounts(counts, { ...NO_TESTS, failed: 1 }) : counts;
}

function run(args: string[]): Promise<number> {
  const options: SpawnOptions = { cwd: root, stdio: 'inherit', env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } };
  const child = spawn(process.execPath, args, options);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
