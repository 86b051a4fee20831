import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '@/lib/db/embedded-postgres';
import { migrate } from '@/lib/db/migrate';
import { runStretch } from '@/lib/mirror/run-stretch';
import { closeUpstream } from '@/lib/upstream/connection';
import { startBenchEngine } from './engine-process';
import { fillStore } from './fill-store';
import { median, rounded } from './statistics';

const RECORDS = 100_000;
const ROUNDS = 5;
const STRIDE = 99;

/** A verification API on this machine. */
interface Upstream {
  url: string;
  key: string;
  records: number;
}

/** Records a second of both in one round. */
interface Round {
  bare: number;
  synced: number;
}

/**
 * The backfill of an empty index from the embedded verification service, which holds 100,000 records, against a bare loop that
 * fetches the same pages from it, one after the other, and parses their JSON. Service and index share the embedded database, as
 * they do in the product. In each round one half of the loop goes before the backfill and the other half behind it, for a machine
 * becomes quicker and slower by a third within minutes. `recordsPerSecondVsUpstream`: records a second of the backfill over those of
 * the loop in the same round, the median of the rounds. The first run fills the service's store; later ones find it.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const dataDir = path.resolve('data/test/bench-sync');
  // The disk is waited for, as in the product.
  const server = await startPostgres({ dataDir, onProgress: log });
  const client = new Client({ connectionString: server.url });
  try {
    const loaded = path.join(dataDir, 'loaded-1');
    if (!existsSync(loaded)) {
      await fillStore(dataDir, server.url, RECORDS, log);
      writeFileSync(loaded, '');
    }
    await client.connect();
    await client.query('DROP SCHEMA IF EXISTS console CASCADE');
    await migrate(server.url, path.resolve('prisma/migrations'), { schema: 'console' });
    process.env.DATABASE_URL = server.url;
    const engine = await startBenchEngine(dataDir, server.url, log);
    const rounds = await compare({ url: engine.url, key: engine.key, records: RECORDS }, client, log).finally(engine.stop);
    return {
      recordsPerSecondVsUpstream: rounded(median(rounds.map(({ bare, synced }) => synced / bare))),
      recordsPerSecond: Math.round(median(rounds.map(({ synced }) => synced))),
      bareRecordsPerSecond: Math.round(median(rounds.map(({ bare }) => bare))),
      records: RECORDS,
    };
  } finally {
    await client.end().catch(() => undefined);
    await server.stop();
  }
}

async function compare(upstream: Upstream, client: Client, log: (line: string) => void): Promise<Round[]> {
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: upstream.key });
  const { records } = upstream;
  const half = Math.floor(records / 2 / STRIDE) * STRIDE;
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    await client.query('TRUNCATE console.record, console.record_tag, console.sync_state');
    const before = await timed(() => fetchPages(upstream, 0, half));
    const synced = await timed(backfillAll);
    const behind = await timed(() => fetchPages(upstream, half, records - 1));
    await expectAll(client, records);
    const speeds = { bare: (records * 1000) / (before + behind), synced: (records * 1000) / synced };
    rounds.push(speeds);
    log(`round ${round} of ${ROUNDS}: ${Math.round(speeds.bare)} fetched, ${Math.round(speeds.synced)} taken over a second`);
  }
  await closeUpstream();
  return rounds;
}

/** Milliseconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Fetches the pages that begin from one place in the list up to another. */
async function fetchPages({ url, key }: Upstream, from: number, to: number): Promise<void> {
  for (let offset = from; offset < to; offset += STRIDE) {
    const query = `limit=100&offset=${offset}&sortBy=verificationId&direction=asc`;
    const answer = await fetch(`${url}/v1/verification?${query}`, { headers: { 'x-api-key': key } });
    const { data } = JSON.parse(await answer.text());
    if (data.length === 0) throw new Error('The upstream gave an empty page.');
  }
}

async function backfillAll(): Promise<void> {
  const result = await runStretch('backfill', { signal: new AbortController().signal, until: Number.POSITIVE_INFINITY });
  if (result.state !== 'done') throw new Error(`The backfill ended as ${result.state}.`);
}

async function expectAll(client: Client, records: number): Promise<void> {
  const { rows } = await client.query('SELECT count(*)::int AS records FROM console.record');
  if (rows[0]?.records !== records) throw new Error(`The index holds ${rows[0]?.records} of ${records} records.`);
}
