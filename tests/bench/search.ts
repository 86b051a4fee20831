import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { migrate } from '@/lib/db/migrate';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { DEFAULT_SEARCH, SEARCH_SORTS, type SearchQuery } from '@/lib/domain/search-query';
import { startBenchDatabase } from './engine-process';
import { loadIndex, settle } from './index-records';
import { median, rounded } from './statistics';

const RECORDS = 1_000_000;
/** So many that a burst of other work on the machine, some ten seconds long, is outvoted. */
const ROUNDS = 61;

const ASKER = { ...SYSTEM_ACTOR, id: '00000000-0000-4000-8000-000000000001' };

/** Every filter the index knows, by its name, with values on many, some and few records. */
const FILTERS: Record<string, Partial<SearchQuery>> = {
  failed: { machineResult: 'NOT_VERIFIED' },
  verified: { machineResult: 'VERIFIED' },
  open: { states: ['OPEN'] },
  'open or reopened': { states: ['OPEN', 'REOPENED'] },
  resolved: { states: ['RESOLVED'] },
  escalated: { states: ['ESCALATED'] },
  claimed: { states: ['CLAIMED'] },
  snoozed: { states: ['SNOOZED'] },
  'common finding': { findings: ['ghost-portrait'] },
  'some finding': { findings: ['small-face'] },
  'rare finding': { findings: ['drift'] },
  'two findings': { findings: ['drift', 'several-selfie-faces'] },
  'one day': { received: { from: '1710000000000', to: '1710086400000' } },
  'low similarity': { similarity: { from: 0.38, to: 0.39 } },
  'wide confidence': { confidence: { from: null, to: 0.9 } },
  'narrow confidence': { confidence: { from: null, to: 0.5005 } },
  'tag on ten': { tags: [{ name: 'customerId', value: '4711' }] },
  'tag on a hundredth': { tags: [{ name: 'branch', value: '7' }] },
  'tag on a third': { tags: [{ name: 'channel', value: 'web' }] },
  'two tags': {
    tags: [
      { name: 'branch', value: '7' },
      { name: 'channel', value: 'web' },
    ],
  },
  'three tags': {
    tags: [
      { name: 'customerId', value: '4711' },
      { name: 'branch', value: '7' },
      { name: 'channel', value: 'web' },
    ],
  },
  'text everywhere': { text: 'passport' },
  'text rare': { text: 'passport_c4ca4238a0' },
  'text none': { text: 'no such name' },
  'model version': { modelVersion: '0.9.0' },
  reviewer: { reviewer: '00000000-0000-4000-8000-000000000003' },
  'assigned to nobody': { assignee: 'nobody' },
  missing: { missing: true },
  'failures still open': { machineResult: 'NOT_VERIFIED', states: ['OPEN', 'REOPENED'], direction: 'asc' },
};

/**
 * The index of a million records with three tags each, on one connection of one process, medians. `worstFilterMs` and
 * `worstFilterVsPageOne`: the slowest filter, alone and against the plain first page of the same run; `deepVsPageOne`: a page at
 * 90 % depth, the worst of all sort orders against their own first page; `cappedCountMs`: the slowest count of any filter.
 * The first run fills the index, which takes minutes; later ones find it.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const database = await startBenchDatabase('bench-search', log);
  try {
    process.env.DATABASE_URL = database.url;
    // Two marks, so that a run that was stopped half-way goes on from there.
    const rows = path.join(database.dataDir, 'rows-1');
    const loaded = path.join(database.dataDir, 'loaded-1');
    if (!existsSync(rows)) await loadIndex(database.url, RECORDS, log);
    writeFileSync(rows, '');
    log('making the indexes');
    const applied = await migrate(database.url, 'prisma/migrations', { schema: 'console' });
    if (applied.length > 0 || !existsSync(loaded)) await settle(database.url);
    writeFileSync(loaded, '');
    return await measure(log);
  } finally {
    const { db } = await import('@/lib/db/client');
    await db().$disconnect();
    await database.stop();
  }
}

async function measure(log: (line: string) => void): Promise<Record<string, number>> {
  const { countMatches, searchRecords } = await import('@/lib/mirror/search');
  const plain: number[] = [];
  const pages = new Map<string, number[]>();
  const counts = new Map<string, number[]>();
  const note = (into: Map<string, number[]>, name: string, ms: number) => into.set(name, [...(into.get(name) ?? []), ms]);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, filter] of Object.entries(FILTERS)) {
      const query = { ...DEFAULT_SEARCH, ...filter };
      const first = await timed(() => searchRecords(ASKER, DEFAULT_SEARCH));
      const page = await timed(() => searchRecords(ASKER, query));
      const count = await timed(() => countMatches(ASKER, query));
      // The first round warms up.
      if (round === 0) continue;
      plain.push(first);
      note(pages, name, page);
      note(counts, name, count);
    }
    log(`round ${round} of ${ROUNDS}`);
  }
  const pageOne = median(plain);
  for (const name of pages.keys())
    log(`${name}: page ${rounded(median(pages.get(name) ?? []))} ms, count ${rounded(median(counts.get(name) ?? []))} ms`);
  const worst = (times: Map<string, number[]>) => Math.max(...[...times.values()].map(median));
  return {
    worstFilterMs: rounded(worst(pages)),
    worstFilterVsPageOne: rounded(worst(pages) / pageOne),
    deepVsPageOne: rounded(await deepest(log)),
    cappedCountMs: rounded(worst(counts)),
    pageOneMs: rounded(pageOne),
    records: RECORDS,
  };
}

async function deepest(log: (line: string) => void): Promise<number> {
  const { searchRecords } = await import('@/lib/mirror/search');
  const { db } = await import('@/lib/db/client');
  const { keysOf, orderOf } = await import('@/lib/mirror/search-sort');
  const { writeCursor } = await import('@/lib/mirror/search-cursor');
  let worst = 0;
  for (const sortBy of SEARCH_SORTS) {
    const [row] = await db().$queryRawUnsafe<{ keys: string[]; id: bigint }[]>(
      `SELECT ${keysOf(sortBy)} AS keys, r.verification_id AS id FROM console.record r ORDER BY ${orderOf(sortBy, 'DESC')} OFFSET ${RECORDS * 0.9} LIMIT 1`,
    );
    if (!row) continue;
    const query = { ...DEFAULT_SEARCH, sortBy };
    const cursor = writeCursor({ sortBy, keys: row.keys, id: Number(row.id), backwards: false });
    const [first, deep]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      first.push(await timed(() => searchRecords(ASKER, query)));
      deep.push(await timed(() => searchRecords(ASKER, { ...query, cursor })));
    }
    const ratio = median(deep) / median(first);
    log(`sorted by ${sortBy}: page one ${rounded(median(first))} ms, at 90 % ${rounded(median(deep))} ms`);
    worst = Math.max(worst, ratio);
  }
  return worst;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
