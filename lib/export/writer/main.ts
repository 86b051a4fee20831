import { rm } from 'node:fs/promises';
import { Refusal } from '@/lib/domain/refusal';
import type { ExtractJob } from '../extract';
import { isTooLarge, SHEET_ROWS_MAX } from '../sheet-cell';
import { type Archive, type Follower, writeArchive } from '../write-archive';
import { extractAuditLog } from './extract-audit-log';
import { extractPopulation } from './extract-population';
import { type Report, request, type Work } from './message';

// Entry of the process that writes extracts for the console that started it. It knows no Prisma: that alone takes more memory than
// all of this.
const running = new Map<string, AbortController>();

process.on('message', (message) => {
  const asked = request.parse(message);
  if (asked.do === 'stop') running.get(asked.id)?.abort();
  else void write(asked);
});
// The console needs it no longer, or is gone, even by kill -9. Bytes that were not finished are removed by the sweep.
process.on('disconnect', () => process.exit(0));

async function write(asked: Work): Promise<void> {
  const { id } = asked;
  const stopping = new AbortController();
  const { signal } = stopping;
  running.set(id, stopping);
  const onProgress = (progress: { rows: number; bytes: number }) => tell({ told: 'progress', id, ...progress });
  try {
    tell({ told: 'written', id, ...(await written(asked, { signal, onProgress })) });
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : null;
    const refusal = fault instanceof Refusal ? fault.message : null;
    tell({ told: 'failed', id, code, refusal, trace: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) });
  } finally {
    running.delete(id);
  }
}

/** Rows of a sheet: what Excel has, and fewer where the texts of so many would be more than 4 GiB. */
const SHEET_ROWS = [SHEET_ROWS_MAX, SHEET_ROWS_MAX / 16];

async function written(asked: Work, follower: Follower): Promise<Archive> {
  const { id, path, format, query, head, extract } = asked;
  for (const sheetRows of SHEET_ROWS) {
    const write = (job: ExtractJob) => extracted(asked, sheetRows, job, follower.signal);
    try {
      return await writeArchive(path, { id, kind: extract.kind, format, query }, head, write, follower);
    } catch (fault) {
      if (!isTooLarge(fault)) throw fault;
      await rm(path);
    }
  }
  throw new Refusal('conflict', 'This is more than a workbook holds (4 GB). Narrow the filter, or export it as CSV or JSON lines.');
}

function extracted({ filter, format, extract }: Work, sheetRows: number, job: ExtractJob, signal: AbortSignal) {
  return extract.kind === 'population'
    ? extractPopulation({ ...extract, filter, format, sheetRows }, job, signal)
    : extractAuditLog({ ...extract, filter, format, sheetRows }, job, signal);
}

function tell(told: Report): void {
  // A console that is gone hears nothing; this process then ends.
  process.send?.(told, () => undefined);
}
