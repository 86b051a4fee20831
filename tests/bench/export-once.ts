import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { createExport } from '@/lib/export/create-export';
import { openExport } from '@/lib/export/open-export';
import { readExport } from '@/lib/export/read-exports';

// One export of the whole log, as the console does it, with somebody who downloads it as it grows; prints what it took.
const actor = { ...SYSTEM_ACTOR, id: '00000000-0000-4000-8000-000000000001' };
const format = process.argv[2] === 'csv' ? 'csv' : 'jsonl';
await db().$queryRaw`SELECT 1`;

const start = performance.now();
const begun = await createExport(actor, { kind: 'audit-log', format, query: '' }, (fault) => {
  throw fault;
});
const { id } = begun.export;
let firstByteMs = Number.POSITIVE_INFINITY;
const first = firstByte().then(() => {
  firstByteMs = performance.now() - start;
});
await Promise.all([begun.done, first]);
const ms = performance.now() - start;
const { rows, bytes, state } = await readExport(actor, id);
if (state !== 'READY') throw new Error(`The export ended as ${state}.`);
console.log(JSON.stringify({ ms, firstByteMs, rows, bytes, peakRssMB: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);

/** The first byte of the data itself, beyond the name of the file it is in. */
async function firstByte(): Promise<void> {
  let received = 0;
  for await (const chunk of (await openExport(actor, id, { range: null, ifRange: null })).body) {
    received += chunk.length;
    if (received > 100) return;
  }
  throw new Error('The download ended before it began.');
}
