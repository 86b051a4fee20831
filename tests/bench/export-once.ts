import { readFileSync } from 'node:fs';
import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { TABLE_FORMATS } from '@/lib/domain/export';
import { createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { readExport } from '@/lib/export/read-exports';
import { writersOf } from '../helpers/export-writer';

// One export of the whole log, as a running console does it, with somebody who downloads it as it grows; prints what it took.
const actor = { ...SYSTEM_ACTOR, id: '00000000-0000-4000-8000-000000000001' };
const format = TABLE_FORMATS.find((known) => known === process.argv[2]) ?? 'jsonl';
const MB = 1024 * 1024;
// A console that runs has written exports before: its code is loaded, its connections are open, what writes has started.
await exported('verification=1');

const before = process.memoryUsage.rss();
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const { id, ...took } = await exported('');
clearInterval(watch);
const { rows, bytes } = await readExport(actor, id);
const writerRssMB = writersOf(process.pid).reduce((sum, pid) => sum + mostMB(pid), 0);
console.log(JSON.stringify({ ...took, rows, bytes, writerRssMB, grownRssMB: (peak - before) / MB }));
await db().$disconnect();
process.exit(0);

/** The most a process ever held. What it says itself would count its parent's, of which it was a copy for a moment. */
function mostMB(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

async function exported(query: string): Promise<{ id: string; ms: number; firstByteMs: number }> {
  const start = performance.now();
  const begun = await createExport(actor, { kind: 'audit-log', format: query === '' ? format : 'csv', query }, (fault) => {
    throw fault;
  });
  const { id } = begun.export;
  let firstByteMs = Number.POSITIVE_INFINITY;
  const first = firstByte(id).then(() => {
    firstByteMs = performance.now() - start;
  });
  await Promise.all([begun.done, first]);
  const ms = performance.now() - start;
  const { state } = await readExport(actor, id);
  if (state !== 'READY') throw new Error(`The export ended as ${state}.`);
  return { id, ms, firstByteMs };
}

/** The first byte of the data itself, beyond the name of the file it is in. */
async function firstByte(id: string): Promise<void> {
  let received = 0;
  for await (const chunk of (await openExport(actor, id, { range: null, ifRange: null })).body) {
    received += chunk.length;
    if (received > 100) return;
  }
  throw new Error('The download ended before it began.');
}
