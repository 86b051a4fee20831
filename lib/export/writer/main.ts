import { Refusal } from '@/lib/domain/refusal';
import type { ExtractJob } from '../extract';
import { writeArchive } from '../write-archive';
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
  const { id, path, format, query, head, extract } = asked;
  const stopping = new AbortController();
  const { signal } = stopping;
  running.set(id, stopping);
  const onProgress = (progress: { rows: number; bytes: number }) => tell({ told: 'progress', id, ...progress });
  try {
    const written = await writeArchive(path, { id, kind: extract.kind, format, query }, head, (job) => extracted(asked, job, signal), {
      signal,
      onProgress,
    });
    tell({ told: 'written', id, ...written });
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : null;
    const refusal = fault instanceof Refusal ? fault.message : null;
    tell({ told: 'failed', id, code, refusal, trace: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) });
  } finally {
    running.delete(id);
  }
}

function extracted({ filter, format, extract }: Work, job: ExtractJob, signal: AbortSignal) {
  return extract.kind === 'population'
    ? extractPopulation({ ...extract, filter, format }, job, signal)
    : extractAuditLog({ ...extract, filter, format }, job, signal);
}

function tell(told: Report): void {
  // A console that is gone hears nothing; this process then ends.
  process.send?.(told, () => undefined);
}
