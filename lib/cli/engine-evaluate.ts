import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { NamedPair } from '@/lib/engine/evaluate/compare-all';
import { evaluateLiveness } from '@/lib/engine/evaluate/evaluate-liveness';
import { evaluateMatching } from '@/lib/engine/evaluate/evaluate-matching';
import type { Interval } from '@/lib/engine/evaluate/statistics';
import { fetchModels } from '@/lib/engine/models/fetch';
import { loadModels } from '@/lib/engine/models/sessions';
import { readEnv } from '@/lib/env';
import { randomOf } from './demo/random';
import { plainSentence } from './plain-sentence';

const USAGE = `npm run engine:evaluate -- DIR [--json]              DIR holds one folder of pictures per person
npm run engine:evaluate -- --liveness DIR [--json]   DIR holds real/ and spoof/, pictures in each`;

/** When progress was last told. */
let told = 0;

try {
  const { dir, liveness, json } = readCommand();
  const figures = liveness ? await reportLiveness(dir) : await reportMatching(dir);
  if (json) console.log(JSON.stringify(figures));
  else console.table(figures);
} catch (error) {
  console.error(plainSentence(error));
  process.exitCode = 1;
}

function readCommand(): { dir: string; liveness: boolean; json: boolean } {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { liveness: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const [dir] = positionals;
  if (dir === undefined || positionals.length > 1) throw new Error(USAGE);
  return { dir, ...values };
}

async function reportMatching(dir: string): Promise<Record<string, number | Interval>> {
  const settings = readEnv(process.env);
  const tools = { models: await models(settings.DATA_DIR), random: randomOf(1).next, onProgress };
  const { figures, missed, unreadable, leastAlike, mostAlike } = await evaluateMatching(resolve(dir), settings.MATCH_THRESHOLD, tools);
  listPairs('Pictures of one person that look least alike', leastAlike);
  listPairs('Pictures of two people that look most alike', mostAlike);
  listLines('No face found', missed);
  listLines('Could not be read, left out', unreadable);
  return rounded({ ...figures });
}

async function reportLiveness(dir: string): Promise<Record<string, number | Interval>> {
  const settings = readEnv(process.env);
  const thresholds = { match: settings.MATCH_THRESHOLD, liveness: settings.LIVENESS_THRESHOLD };
  const { figures, wrong } = await evaluateLiveness(resolve(dir), thresholds, { models: await models(settings.DATA_DIR), onProgress });
  const lines = wrong.map(({ picture, said, score }) => `${score === null ? ' none ' : score.toFixed(4)}  ${said.padEnd(10)}  ${picture}`);
  listLines('Judged otherwise than they should be (score, verdict, picture)', lines);
  return rounded({ ...figures });
}

async function models(dataDir: string) {
  await fetchModels(resolve(dataDir), (sentence) => console.error(sentence));
  return loadModels(resolve(dataDir));
}

function onProgress(done: number, all: number): void {
  if (Date.now() - told < 2000 && done < all) return;
  told = Date.now();
  console.error(`${done} of ${all} pictures`);
}

function listPairs(title: string, pairs: readonly NamedPair[]): void {
  listLines(
    title,
    pairs.map(({ score, pictures }) => `${score.toFixed(4).padStart(7)}  ${pictures.join('  ')}`),
  );
}

function listLines(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log([`${title}:`, ...lines.map((line) => `  ${line}`), ''].join('\n'));
}

function rounded(figures: Record<string, number | Interval>): Record<string, number | Interval> {
  const round = (value: number) => Math.round(value * 1e5) / 1e5;
  const entries = Object.entries(figures).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value.map(round)]);
  return Object.fromEntries(entries);
}
