import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WIRE_SORT_FIELDS } from '@/lib/wire/list';
import { type BenchEngine, startBenchDatabase, startBenchEngine } from './engine-process';
import { fillStore } from './fill-store';
import { median, rounded } from './statistics';

const RECORDS = 1_000_000;
const ROUNDS = 15;
const DEEP_ROUNDS = 3;
/** A tag most records have, one of a few thousand, and one of a handful. */
const TAGS = ['channel=web', 'country=PT', 'customerId=100000', 'customerId=250000'];
const ORDERS = WIRE_SORT_FIELDS.flatMap((field) => ['asc', 'desc'].map((direction) => `limit=25&sortBy=${field}&direction=${direction}`));

/**
 * Lists of a store of a million records, against the cheapest request there is, one record by its number, through the same
 * door in the same run. Each figure is the worst over the nine sort fields and both directions, medians divided:
 * `pageOneVsLookup` without a filter, `tagPageVsLookup` with tags of all sizes. `deepOffsetMs`: the last page, at its slowest order.
 * The first run fills the store, which takes minutes; later ones find it.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const database = await startBenchDatabase('bench-engine-store', log);
  try {
    const loaded = path.join(database.dataDir, 'loaded-1');
    if (!existsSync(loaded)) {
      const start = performance.now();
      await fillStore(database.dataDir, database.url, RECORDS, log);
      writeFileSync(loaded, '');
      log(`filled in ${Math.round((performance.now() - start) / 1000)} s`);
    }
    const engine = await startBenchEngine(database.dataDir, database.url, log);
    try {
      return await measure(engine, log);
    } finally {
      await engine.stop();
    }
  } finally {
    await database.stop();
  }
}

async function measure(engine: BenchEngine, log: (line: string) => void): Promise<Record<string, number>> {
  const plain = ORDERS;
  const tagged = ORDERS.flatMap((order) => TAGS.map((tag) => `${order}&tagFilter=${tag}`));
  const lookups: number[] = [];
  const times = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const query of [...plain, ...tagged]) {
      const lookup = await engine.get(`/v1/verification/${1 + Math.floor(Math.random() * RECORDS)}`);
      const { ms } = await engine.get(`/v1/verification?${query}`);
      // The first round warms up.
      if (round === 0) continue;
      lookups.push(lookup.ms);
      times.set(query, [...(times.get(query) ?? []), ms]);
    }
    log(`round ${round} of ${ROUNDS}`);
  }
  const lookup = median(lookups);
  const worst = (queries: string[]) =>
    queries.map((query) => ({ query, ms: median(times.get(query) ?? []) })).reduce((a, b) => (b.ms > a.ms ? b : a));
  const [page, tag, deep] = [worst(plain), worst(tagged), await deepest(engine)];
  log(`slowest: ${page.query} (${rounded(page.ms)} ms); ${tag.query} (${rounded(tag.ms)} ms); deep ${deep.query}`);
  return {
    pageOneVsLookup: rounded(page.ms / lookup),
    tagPageVsLookup: rounded(tag.ms / lookup),
    deepOffsetMs: rounded(deep.ms),
    lookupMs: rounded(lookup),
    pageOneMs: rounded(page.ms),
    tagPageMs: rounded(tag.ms),
    records: RECORDS,
  };
}

async function deepest(engine: BenchEngine): Promise<{ query: string; ms: number }> {
  let slowest = { query: '', ms: 0 };
  for (const order of ORDERS) {
    const query = `${order}&offset=${RECORDS - 25}`;
    const taken: number[] = [];
    for (let i = 0; i < DEEP_ROUNDS; i += 1) taken.push((await engine.get(`/v1/verification?${query}`)).ms);
    const ms = median(taken);
    if (ms > slowest.ms) slowest = { query, ms };
  }
  return slowest;
}
