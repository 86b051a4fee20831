import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { readExport } from '@/lib/export/read-exports';

// One export of the whole log, as a running console does it, with somebody who downloads it as it grows; prints what it took.
const actor = { ...SYSTEM_ACTOR, id: '00000000-0000-4000-8000-000000000001' };
const format = process.argv[2] === 'csv' ? 'csv' : 'jsonl';
const MB = 1024 * 1024;
// A console that runs has written exports before: its code is loaded, its connections are open.
await exported('verification=1');

const before = process.memoryUsage.rss();
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const { id, ...took } = await exported('');
clearInterval(watch);
const { rows, bytes } = await readExport(actor, id);
const processRssMB = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ...took, rows, bytes, grownRssMB: (peak - before) / MB, processRssMB }));
await db().$disconnect();
process.exit(0);

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
