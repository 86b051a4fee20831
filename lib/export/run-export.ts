import { rename } from 'node:fs/promises';
import type { VerifiableCheckpoint } from '@/lib/audit/checkpoint-now';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { parseCasePackQuery } from '@/lib/domain/export-query';
import { Refusal } from '@/lib/domain/refusal';
import { failExport, finishExport, noteProgress } from './end-export';
import { exportFile, removeExportFiles } from './export-files';
import type { AskedExport } from './extract';
import { pinHead } from './pin-head';
import { planExtract } from './plan-extract';
import { recordRefusedExport } from './refuse-export';
import { type Archive, type Follower, writeArchive } from './write-archive';
import { WriterLost, writeApart } from './writer-process';

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
    if (fault instanceof Refusal) await recordRefusedExport(actor, asked, fault.message);
    else onFault(fault);
    await failExport(asked.id, sentenceOf(fault)).catch(onFault);
  }
}

async function write(actor: Actor, asked: AskedExport): Promise<void> {
  const { id } = asked;
  const path = await exportFile(id, 'partial');
  const { archive, head } = await (asked.kind === 'case-pack' ? writePack : writeExtract)(actor, asked, path, followed(id));
  await rename(path, await exportFile(id, 'whole'));
  if (!(await finishExport(actor, asked, { ...archive, headSeq: head?.seq ?? null }))) throw new Cancelled();
}

interface Written {
  archive: Archive;
  head: VerifiableCheckpoint | null;
}
type Followed = Follower & { expect(rows: number): void };

async function writePack(actor: Actor, asked: AskedExport, path: string, follower: Followed): Promise<Written> {
  // A log that contradicts a signed head is refused before anything is read.
  await pinHead();
  // What draws pictures and documents takes 40 MB of memory; the others need none of it.
  const { extractCasePack, readCasePack } = await import('./extract-case-pack');
  const filter = parseCasePackQuery(new URLSearchParams(asked.query));
  const reading = await readCasePack(actor, filter);
  const head = await pinHead();
  const archive = await writeArchive(path, asked, head, (job) => extractCasePack(reading, filter, job, follower.expect), follower);
  return { archive, head };
}

async function writeExtract(actor: Actor, asked: AskedExport, path: string, follower: Followed): Promise<Written> {
  const head = await pinHead();
  const { work, rows } = planExtract(actor, asked, head, path);
  // For the bar alone: nobody waits for the count, and one that fails leaves the bar without an end.
  if (typeof rows === 'number') follower.expect(rows);
  else
    void db()
      .$queryRaw<{ count: bigint }[]>(rows)
      .then(([row]) => follower.expect(Number(row?.count ?? 0)))
      .catch(() => undefined);
  return { archive: await writeApart(work, follower), head };
}

/** Writes down how far an export is, and ends its writing when it hears there that it was cancelled. */
function followed(id: string): Followed {
  const cancelled = new AbortController();
  let total: number | null = null;
  return {
    signal: cancelled.signal,
    expect: (rows) => {
      total = rows;
    },
    onProgress: async (progress) => {
      // A database that does not answer is noticed by the extract itself.
      const goesOn = await noteProgress(id, { ...progress, total }).catch(() => true);
      if (!goesOn) cancelled.abort(new Cancelled());
    },
  };
}

function sentenceOf(fault: unknown): string {
  if (fault instanceof Refusal) return fault.message;
  if (fault instanceof WriterLost) return 'The process that wrote it ended before it was done. Ask again.';
  if (fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC') return 'The disk is full. Free some space and ask again.';
  return 'Something went wrong while it was written. Ask again; if it stays, an administrator finds the cause in the log.';
}
