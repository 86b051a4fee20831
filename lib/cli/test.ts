import { resolve } from 'node:path';
import { fetchModels } from '@/lib/engine/models/fetch';
import { env } from '@/lib/env';
import { findBrowser } from './browser';
import { buildAhead } from './build-ahead';
import { checkFormat, checkTypes, runPlaywright, runVitest } from './checks';
import { plainSentence } from './plain-sentence';
import { addCounts, type Counts, NO_TESTS } from './test-counts';

/** Parts that `npm test -- <part>` runs alone. */
const PARTS: Record<string, () => Promise<Counts>> = {
  unit: () => runVitest(['tests/unit', 'tests/house.test.ts']),
  db: () => runVitest(['tests/db']),
  contract: withModels('tests/contract'),
  engine: withModels('tests/engine'),
  e2e: browserTests,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((part) => !(part in PARTS));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; the parts are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(1);
}

const steps = wanted.length > 0 ? wanted.flatMap((part) => PARTS[part] ?? []) : [checkFormat, checkTypes, testsAndBuild, browserTests];
let counts = NO_TESTS;
for (const step of steps) {
  counts = addCounts(counts, await step().catch(failed));
}
// Said again at the end: the report of one run is far above by then.
if (counts.failures.length > 0) console.log(`\nFailed:\n\n${counts.failures.join('\n\n')}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);

function withModels(path: string): () => Promise<Counts> {
  return async () => {
    await fetchModels(resolve(env().DATA_DIR), say);
    return runVitest([path]);
  };
}

/** The console of the browser tests is built beside the others, which wait now and then: for a disk, a timeout, a child. */
async function testsAndBuild(): Promise<Counts> {
  const built = buildAhead('.next-test');
  const counts = await withModels('tests')();
  await built;
  return counts;
}

async function browserTests(): Promise<Counts> {
  const { executablePath } = await findBrowser(say);
  process.env.CHROMIUM_PATH = executablePath;
  return runPlaywright();
}

function failed(error: unknown): Counts {
  const sentence = plainSentence(error);
  console.error(sentence);
  return { passed: 0, failed: 1, failures: [sentence] };
}

function say(sentence: string): void {
  console.log(`  ${sentence}`);
}
