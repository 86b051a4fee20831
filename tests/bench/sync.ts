import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '@/lib/db/embedded-postgres';
import { migrate } from '@/lib/db/migrate';
import { runStretch } from '@/lib/mirror/run-stretch';
import { closeUpstream } from '@/lib/upstream/connection';
import { median, rounded } from './statistics';
import { startSyncUpstream } from './sync-upstream';

const RECORDS = 100_000;
const ROUNDS = 5;
const STRIDE = 99;

/**
 * The backfill of an empty index from a local upstream, against a bare loop that fetches the same pages from it, one after the
 * other, and parses their JSON. The database is the embedded one with all its indexes, on disk.
 * `recordsPerSecondVsUpstream`: records a second of the backfill over those of the loop, each the median of the rounds.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'second-look-bench-sync-'));
  const upstream = await startSyncUpstream(RECORDS);
  const server = await startPostgres({ dataDir });
  const client = new Client({ connectionString: server.url });
  try {
    await migrate(server.url, join(process.cwd(), 'prisma/migrations'), { schema: 'console' });
    Object.assign(process.env, { DATABASE_URL: server.url, VERIFICATION_API_URL: upstream.url, VERIFICATION_API_KEY: 'bench' });
    await client.connect();
    const [bare, synced]: [number[], number[]] = [[], []];
    for (let round = 1; round <= ROUNDS; round += 1) {
      bare.push(await timed(() => fetchAll(upstream.url)));
      await client.query('TRUNCATE console.record, console.record_tag, console.sync_state');
      synced.push(await timed(backfillAll));
      await expectAll(client);
      log(`round ${round} of ${ROUNDS}: ${Math.round(bare.at(-1) ?? 0)} fetched, ${Math.round(synced.at(-1) ?? 0)} taken over a second`);
    }
    return {
      recordsPerSecondVsUpstream: rounded(median(synced) / median(bare)),
      recordsPerSecond: Math.round(median(synced)),
      bareRecordsPerSecond: Math.round(median(bare)),
    };
  } finally {
    await closeUpstream();
    await client.end().catch(() => undefined);
    await server.stop();
    await upstream.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Records a second. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (RECORDS * 1000) / (performance.now() - start);
}

async function fetchAll(url: string): Promise<void> {
  for (let offset = 0; offset < RECORDS - 1; offset += STRIDE) {
    const answer = await fetch(`${url}/v1/verification?limit=100&offset=${offset}&sortBy=verificationId&direction=asc`);
    const { data } = JSON.parse(await answer.text());
    if (data.length === 0) throw new Error('The upstream gave an empty page.');
  }
}

async function backfillAll(): Promise<void> {
  const result = await runStretch('backfill', { signal: new AbortController().signal, until: Number.POSITIVE_INFINITY });
  if (result.state !== 'done') throw new Error(`The backfill ended as ${result.state}.`);
}

async function expectAll(client: Client): Promise<void> {
  const { rows } = await client.query('SELECT count(*)::int AS records FROM console.record');
  if (rows[0]?.records !== RECORDS) throw new Error(`The index holds ${rows[0]?.records} of ${RECORDS} records.`);
}
