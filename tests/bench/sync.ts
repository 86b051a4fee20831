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

/** Records a second of both, the rounds' medians. */
interface Speeds {
  bare: number;
  synced: number;
}

/**
 * The backfill of an empty index from the embedded verification service, which holds 100,000 records, against a bare loop that
 * fetches the same pages from it, one after the other, and parses their JSON. Service and index share the embedded database, as
 * they do in the product. `recordsPerSecondVsUpstream`: records a second of the backfill over those of the loop, each the median
 * of the rounds. The first run fills the service's store; later ones find it.
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
    const real = await compare({ url: engine.url, key: engine.key, records: RECORDS }, client, log).finally(engine.stop);
    return {
      recordsPerSecondVsUpstream: rounded(real.synced / real.bare),
      recordsPerSecond: Math.round(real.synced),
      bareRecordsPerSecond: Math.round(real.bare),
      records: RECORDS,
    };
  } finally {
    await client.end().catch(() => undefined);
    await server.stop();
  }
}

async function compare(upstream: Upstream, client: Client, log: (line: string) => void): Promise<Speeds> {
  Object.assign(process.env, { VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: upstream.key });
  const [bare, synced]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round += 1) {
    bare.push(await speed(upstream, () => fetchAll(upstream)));
    await client.query('TRUNCATE console.record, console.record_tag, console.sync_state');
    synced.push(await speed(upstream, backfillAll));
    await expectAll(client, upstream.records);
    log(`round ${round} of ${ROUNDS}: ${Math.round(bare.at(-1) ?? 0)} fetched, ${Math.round(synced.at(-1) ?? 0)} taken over a second`);
  }
  await closeUpstream();
  return { bare: median(bare), synced: median(synced) };
}

/** Records a second. */
async function speed({ records }: Upstream, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (records * 1000) / (performance.now() - start);
}

async function fetchAll({ url, key, records }: Upstream): Promise<void> {
  for (let offset = 0; offset < records - 1; offset += STRIDE) {
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
