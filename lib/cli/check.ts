import { checkFormat, checkTypes, runVitest } from './checks';
import { addCounts } from './test-counts';

const counts = addCounts(await checkFormat(), await checkTypes(), await runVitest(['tests/unit', 'tests/house.test.ts']));
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;
