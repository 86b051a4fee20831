import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import { markBegun } from '@/lib/audit/folder-marks';
import { migrate } from '@/lib/db/migrate';
import type { TableFormat } from '@/lib/domain/export';
import { startBenchDatabase } from './engine-process';
import { loadEvents } from './load-events';
import { median, rounded } from './statistics';

const EVENTS = 1_000_000;
const ROUNDS = 5;
const MB = 1024 * 1024;

/** What PostgreSQL itself makes of the same rows: every column of an event and its payload, as CSV, in order. */
const PEER = `COPY (SELECT e.*, p.salt, p.data FROM console.audit_event e LEFT JOIN console.audit_payload p ON p.seq = e.seq ORDER BY e.seq) TO STDOUT (FORMAT csv)`;

const report = z.object({
  ms: z.number(),
  firstByteMs: z.number(),
  writerRssMB: z.number(),
  grownRssMB: z.number(),
  rows: z.number(),
  bytes: z.number(),
});

/**
 * The whole log of a million events, written as the product writes it: one snapshot, signed head, sentences and defused cells (CSV) or
 * lines exact to the byte (JSON lines), hashed, with manifest, on the disk. `csvVsCopy` and `jsonlVsCopy`: its speed in rows against
 * `COPY ... CSV` of the same rows read by a client that drops them, interleaved, medians. `firstByteMs`: from asking to the first byte
 * of the download that is sent along, the worst of both, in a console that wrote an export before.
 *
 * `peakRssMB`: resident memory at its peak, the worst of all rounds: all of the process that writes (`writerRssMB`), and what the console
 * that asks (`consoleGrownMB`) and the database server (`serverGrownMB`) hold more than before it was asked for. The server's part counts
 * the processes of all connections. What they share is set aside at its start and stays when one of them ends: it counts by what was
 * touched of it beyond what the plain copy had touched.
 *
 * `xlsxMs`, `xlsxWriterRssMB`: one export of the same log as a workbook of Excel, after the others.
 */
export async function run(log: (line: string) => void): Promise<Record<string, number>> {
  const database = await startBenchDatabase('bench-export', log);
  try {
    await migrate(database.url, 'prisma/migrations', { schema: 'console' });
    const loaded = path.join(database.dataDir, 'loaded-1');
    if (!existsSync(loaded)) {
      await loadEvents(database.url, EVENTS, log);
      // As the program marks the folder when it appends the first event.
      markBegun(path.join(database.dataDir, 'checkpoints'));
      writeFileSync(loaded, '');
    }
    return await measure(database, log);
  } finally {
    await database.stop();
  }
}

async function measure({ url, dataDir }: { url: string; dataDir: string }, log: (line: string) => void): Promise<Record<string, number>> {
  const copies: number[] = [];
  const runs = { csv: [] as z.infer<typeof report>[], jsonl: [] as z.infer<typeof report>[] };
  const grown: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = serverMB(url);
    const copy = await timedCopy(url);
    before.shared = copy.shared;
    const peak = watchServer(url);
    const csv = await exportOnce('csv', url, dataDir);
    const jsonl = await exportOnce('jsonl', url, dataDir);
    const { own, shared } = peak();
    const growth = Math.max(0, own - before.own) + Math.max(0, shared - before.shared);
    // The first round fills the caches.
    if (round === 0) continue;
    copies.push(copy.ms);
    runs.csv.push(csv);
    runs.jsonl.push(jsonl);
    grown.push(growth);
    log(
      `round ${round} of ${ROUNDS}: copy ${rounded(copy.ms)} ms, csv ${memory(csv)}, jsonl ${memory(jsonl)}, server grew ${rounded(growth)} MB`,
    );
  }
  const perMs = (times: readonly number[], rows: number) => rows / median(times);
  const copied = perMs(copies, EVENTS);
  const speed = (all: readonly z.infer<typeof report>[]) => median(all.map(({ rows, ms }) => rows / ms));
  const all = [...runs.csv, ...runs.jsonl];
  const workbook = await exportOnce('xlsx', url, dataDir);
  log(`workbook: ${memory(workbook)}, ${rounded(workbook.bytes / MB)} MB`);
  return {
    csvVsCopy: rounded(speed(runs.csv) / copied),
    jsonlVsCopy: rounded(speed(runs.jsonl) / copied),
    peakRssMB: rounded(Math.max(...all.map(({ writerRssMB, grownRssMB }) => writerRssMB + grownRssMB)) + Math.max(...grown)),
    writerRssMB: rounded(Math.max(...all.map(({ writerRssMB }) => writerRssMB))),
    consoleGrownMB: rounded(Math.max(...all.map(({ grownRssMB }) => grownRssMB))),
    serverGrownMB: rounded(Math.max(...grown)),
    firstByteMs: rounded(Math.max(median(runs.csv.map((one) => one.firstByteMs)), median(runs.jsonl.map((one) => one.firstByteMs)))),
    copyMs: rounded(median(copies)),
    xlsxMs: rounded(workbook.ms),
    xlsxWriterRssMB: rounded(workbook.writerRssMB),
    xlsxMB: rounded(workbook.bytes / MB),
    events: EVENTS,
  };
}

function memory({ ms, writerRssMB, grownRssMB }: z.infer<typeof report>): string {
  return `${rounded(ms)} ms (writer ${rounded(writerRssMB)} MB, console grew ${rounded(grownRssMB)} MB)`;
}

/** How long it took, and what the server's processes share once all of it was touched. */
async function timedCopy(url: string): Promise<{ ms: number; shared: number }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const start = performance.now();
  let bytes = 0;
  for await (const chunk of client.query(copyTo(PEER))) bytes += chunk.length;
  const ms = performance.now() - start;
  const { shared } = serverMB(url);
  await client.end();
  if (bytes < EVENTS) throw new Error('The copy came out short.');
  return { ms, shared };
}

/** One export of a console of its own, so that its memory is its own. */
async function exportOnce(format: TableFormat, url: string, dataDir: string): Promise<z.infer<typeof report>> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/bench/export-once.ts', format], {
    env: { ...process.env, DATABASE_URL: url, DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout) said += chunk;
  rmSync(path.join(dataDir, 'exports'), { recursive: true, force: true });
  return report.parse(JSON.parse(said.trim().split('\n').at(-1) ?? ''));
}

/** In MB: what the server's processes hold each for itself, and what they share. */
interface ServerMemory {
  own: number;
  shared: number;
}

/** Watches what the server's processes hold; answers the most there was since. */
function watchServer(url: string): () => ServerMemory {
  const most: ServerMemory = { own: 0, shared: 0 };
  // To look is work on the same processors: often enough for what lasts seconds.
  const timer = setInterval(() => {
    const { own, shared } = serverMB(url);
    most.own = Math.max(most.own, own);
    most.shared = Math.max(most.shared, shared);
  }, 500);
  return () => {
    clearInterval(timer);
    return most;
  };
}

/** Memory of all processes of the server that listens at `url`; what they share is counted once (Pss of Linux). */
function serverMB(url: string): ServerMemory {
  const port = new URL(url).port;
  const mine = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const processes = mine.flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      return [{ pid, parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
    } catch {
      return [];
    }
  });
  const head = processes.find(({ command }) => /postgres\0/.test(command) && command.includes(port))?.pid;
  const family = processes.filter(({ pid, parent }) => pid === head || parent === head);
  const memory: ServerMemory = { own: 0, shared: 0 };
  for (const { pid } of family)
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      const held = (name: string) => (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * 1024) / MB;
      memory.own += held('Pss') - held('Pss_Shmem');
      memory.shared += held('Pss_Shmem');
    } catch {
      // It ended meanwhile.
    }
  return memory;
}
