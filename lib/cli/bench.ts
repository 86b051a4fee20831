import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

interface Bench {
  run(log: (line: string) => void): Promise<Record<string, number>>;
}

const folder = path.resolve('tests/bench');

/** A bench is a file that exports `run`; the others in the folder are its parts. */
const NAMES = [
  'list-proxy',
  'page-weight',
  'engine',
  'engine-store',
  'search',
  'sync',
  'grid',
  'overlay',
  'memory',
  'open-case',
  'export',
  'audit',
  'queue',
].filter((name) => existsSync(path.join(folder, `${name}.ts`)));

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
const [name] = positionals;

if (!name || !NAMES.includes(name)) {
  console.error(`Name a bench: npm run bench -- NAME --json, NAME being ${NAMES.join(' or ')}.`);
  process.exit(1);
}

const bench: Bench = await import(path.join(folder, `${name}.ts`));
const result = await bench.run((line) => console.error(line));
if (values.json) console.log(JSON.stringify({ bench: name, ...result }));
else console.table(result);
process.exit(0);
