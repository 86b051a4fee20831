// What package.json's scripts call: brings a fresh clone to the point where TypeScript runs, then runs lib/cli/<command>.ts in
// this process. Needs nothing but Node.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install } from './install.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [command, ...args] = process.argv.slice(2);

try {
  requireNode(20, 19);
  process.chdir(root);
  await install(root);
  const { generateClient } = await import('../db/generate.mjs');
  if (generateClient()) console.log('✓ Database client generated');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const file = fileURLToPath(new URL(`${command}.ts`, import.meta.url));
process.argv = [process.execPath, file, ...args];
await import('tsx');
await import(pathToFileURL(file).href);

function requireNode(major, minor) {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new Error(`Second Look needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`);
}
