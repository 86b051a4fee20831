import { rename } from 'node:fs/promises';
import { checkpointNow } from '@/lib/audit/checkpoint-now';
import type { Actor } from '@/lib/domain/actor';
import { parseAuditLogQuery, parseCasePackQuery, parsePopulationQuery } from '@/lib/domain/export-query';
import { Refusal } from '@/lib/domain/refusal';
import { type AskedExport, failExport, finishExport, noteProgress } from './end-export';
import { exportFile, removeExportFiles } from './export-files';
import type { Extracted, ExtractJob } from './extract';
import { extractAuditLog } from './extract-audit-log';
import { extractCasePack } from './extract-case-pack';
import { extractPopulation } from './extract-population';
import { manifestOf } from './manifest';
import { verifierFiles } from './verifier-files';
import { createZip, type Zip } from './zip';

const NOTE_MS = 500;

class Cancelled extends Error {}

/**
 * Writes an export to the disk: pins and signs the head of the chain, extracts, and ends with the manifest. Only then does the file get
 * the name it is offered under. What goes wrong ends in the row, as one sentence, and in `onFault`; never in the file.
 */
export async function runExport(actor: Actor, asked: AskedExport, onFault: (fault: unknown) => void): Promise<void> {
  try {
    await write(actor, asked);
  } catch (fault) {
    await removeExportFiles(asked.id).catch(onFault);
    if (fault instanceof Cancelled) return;
    if (!(fault instanceof Refusal)) onFault(fault);
    await failExport(asked.id, sentenceOf(fault)).catch(onFault);
  }
}

async function write(actor: Actor, asked: AskedExport): Promise<void> {
  const { id } = asked;
  const partial = await exportFile(id, 'partial');
  const zip = await createZip(partial);
  const job = trackedJob(zip, await checkpointNow());
  const notes = setInterval(() => void job.note(id), NOTE_MS);
  try {
    const extracted = await extract(actor, asked, job);
    for (const { name, bytes } of await verifierFiles()) await zip.add(name, [bytes]);
    const manifest = Buffer.from(manifestOf(asked, extracted, job.head));
    const { sha256: manifestSha256 } = await zip.add('manifest.json', [manifest]);
    await zip.end();
    await rename(partial, await exportFile(id, 'whole'));
    const { seq: headSeq = null } = job.head ?? {};
    if (!(await finishExport(actor, asked, { rows: job.rows(), bytes: zip.size(), headSeq, manifestSha256 }))) throw new Cancelled();
  } catch (fault) {
    await zip.abandon();
    throw fault;
  } finally {
    clearInterval(notes);
  }
}

function extract(actor: Actor, { kind, format, query }: AskedExport, job: ExtractJob): Promise<Extracted> {
  const params = new URLSearchParams(query);
  if (kind === 'case-pack') return extractCasePack(actor, parseCasePackQuery(params), job);
  const form = format === 'csv' ? 'csv' : 'jsonl';
  return kind === 'population'
    ? extractPopulation(actor, parsePopulationQuery(params), form, job)
    : extractAuditLog(parseAuditLogQuery(params), form, job);
}

/** A job that counts along and, twice a second, writes down how far it is and hears whether it was cancelled. */
function trackedJob(zip: Zip, head: ExtractJob['head']): ExtractJob & { rows(): number; note(id: string): Promise<void> } {
  let [rows, total, cancelled]: [number, number | null, boolean] = [0, null, false];
  return {
    head,
    zip,
    wrote: (more) => {
      if (cancelled) throw new Cancelled();
      rows += more;
    },
    expect: (all) => {
      total = all;
    },
    rows: () => rows,
    note: async (id) => {
      // A database that does not answer is noticed by the extract itself.
      cancelled ||= !(await noteProgress(id, { rows, total, bytes: zip.size() }).catch(() => true));
    },
  };
}

function sentenceOf(fault: unknown): string {
  if (fault instanceof Refusal) return fault.message;
  if (fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC') return 'The disk is full. Free some space and ask again.';
  return 'Something went wrong while it was written. Ask again; if it stays, an administrator finds the cause in the log.';
}
