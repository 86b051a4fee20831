import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { migrate } from '@/lib/db/migrate';
import { appendAgainstInsert } from './append-peer';
import { startBenchDatabase } from './engine-process';
import { loadLongChain } from './long-chain';
import { rounded } from './statistics';

const EVENTS = 1_000_000;
const SEED = '5e'.repeat(32);

const verdict = z.object({ whole: z.literal(true), head: z.object({ seq: z.int() }).optional(), events: z.int().optional() });

/**
 * The audit log. `appendVsInsert`: appends to the chain a second, eight writers and one commit each, over plain inserts of the same rows
 * by the same writers in the same rounds, median of seven. `forks` and `gaps` are what that left in the chain. `verifyRowsPerSecond`: a
 * million events verified by `npm run audit:verify`, by the clock from its start to its end, the slower of database and export.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const database = await startBenchDatabase('bench-audit', log);
  try {
    await empty(database.url);
    const peer = await appendAgainstInsert(database.url, log);
    const { forks, gaps } = await shape(database.url);
    await empty(database.url);
    const folder = path.join(database.dataDir, 'export');
    const heads = path.join(database.dataDir, 'checkpoints');
    for (const each of [folder, heads]) {
      rmSync(each, { recursive: true, force: true });
      mkdirSync(each);
    }
    await loadLongChain(database.url, folder, SEED, EVENTS, log);
    const environment = { DATABASE_URL: database.url, AUDIT_CHECKPOINT_DIR: heads, AUDIT_SIGNING_KEY: SEED };
    const live = verifySeconds([], environment, log);
    const exported = verifySeconds([folder], environment, log);
    rmSync(folder, { recursive: true });
    return {
      appendVsInsert: rounded(peer.ratio),
      appendsPerSecond: Math.round(peer.append),
      insertsPerSecond: Math.round(peer.insert),
      forks,
      gaps,
      verifyRowsPerSecond: Math.round(EVENTS / Math.max(live, exported)),
      verifyDatabaseRowsPerSecond: Math.round(EVENTS / live),
      verifyExportRowsPerSecond: Math.round(EVENTS / exported),
      verified: EVENTS,
    };
  } finally {
    await database.stop();
  }
}

async function empty(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('DROP SCHEMA IF EXISTS console CASCADE; DROP SCHEMA IF EXISTS plain CASCADE');
  await client.end();
  await migrate(databaseUrl, path.resolve('prisma/migrations'), { schema: 'console' });
}

async function shape(databaseUrl: string): Promise<{ forks: number; gaps: number }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT count(*) - count(DISTINCT prev_hash) AS forks, max(seq) - count(*) AS gaps FROM console.audit_event`,
  );
  await client.end();
  return { forks: Number(rows[0]?.forks), gaps: Number(rows[0]?.gaps) };
}

/** How long the command took. Throws unless it says that all of it is whole. */
function verifySeconds(args: string[], environment: Record<string, string>, log: (line: string) => void): number {
  const began = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, ['lib/cli/bootstrap.mjs', 'audit-verify', '--json', ...args], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  const seconds = (performance.now() - began) / 1000;
  const answer = verdict.parse(JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{')) ?? `"${stderr}"`));
  if ((answer.head?.seq ?? answer.events) !== EVENTS) throw new Error(`Not all of it was verified: ${stdout}`);
  log(`${args.length > 0 ? 'export' : 'database'} verified in ${seconds.toFixed(1)} s`);
  return seconds;
}
