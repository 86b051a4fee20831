import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { type ExportSummary, exportFileName } from '@/lib/domain/export';
import { Refusal } from '@/lib/domain/refusal';
import { env } from '@/lib/env';
import { besideErasures } from '@/lib/review/beside-erasures';
import { byteRange } from './byte-range';
import { exportFile } from './export-files';
import { readExport } from './read-exports';

/** An export's file on its way out. */
export interface OpenExport {
  status: 200 | 206;
  fileName: string;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}

/**
 * The file of an export, whole or the part a cut download still lacks; that it is taken away is recorded before the first byte. One
 * that is still being written is sent along as it grows, without a length: it ends when the export does, and breaks when that fails, so
 * that what arrives whole is whole. Throws a Refusal `forbidden`, `not-found`, `conflict`, or `range-not-satisfiable`.
 */
export async function openExport(
  actor: Actor,
  id: string,
  conditions: { range: string | null; ifRange: string | null },
): Promise<OpenExport> {
  const known = await readExport(actor, id);
  const fileName = exportFileName(known, env().TIME_ZONE);
  if (known.state === 'RUNNING') {
    await recordDownload(actor, known);
    return { status: 200, fileName, headers: {}, body: growing(actor, id) };
  }
  if (known.state !== 'READY') throw new Refusal('conflict', WHY_NOT[known.state]);
  const path = await exportFile(id, 'whole');
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  );
  if (size !== known.bytes) throw new Refusal('not-found', 'The file of this export is no longer here. Make the export again.');
  const etag = `"${known.manifestSha256}"`;
  const asked = conditions.ifRange === null || conditions.ifRange === etag ? byteRange(conditions.range, size) : null;
  if (asked === 'unsatisfiable') throw new Refusal('range-not-satisfiable', `The file has ${size} bytes.`);
  await recordDownload(actor, known);
  const { start, end } = asked ?? { start: 0, end: size - 1 };
  const headers = { etag, 'accept-ranges': 'bytes', 'content-length': String(end - start + 1) };
  const part: Record<string, string> = asked ? { 'content-range': `bytes ${start}-${end}/${size}` } : {};
  return { status: asked ? 206 : 200, fileName, headers: { ...headers, ...part }, body: createReadStream(path, { start, end }) };
}

const WHY_NOT = {
  FAILED: 'This export failed; there is nothing to download. Make it again.',
  CANCELLED: 'This export was cancelled; there is nothing to download.',
  EXPIRED: 'The file of this export was removed: its time was over, or a case in it was erased. Make the export again.',
} as const;

// The filter as it is stored now: an erasure beside it takes a person's name out of it.
async function recordDownload(actor: Actor, { id, kind, format }: ExportSummary): Promise<void> {
  await db().$transaction(async (tx) => {
    await besideErasures(tx);
    const { query } = await tx.export.findUniqueOrThrow({ where: { id }, select: { query: true } });
    const data = { exportId: id, kind, format, query };
    await appendAuditEvent(tx, actor, { action: 'export.downloaded', subject: `export:${id}`, data });
  });
}

const LOOK_MS = 20;
const CHUNK_BYTES = 256 * 1024;

async function* growing(actor: Actor, id: string): AsyncGenerator<Uint8Array> {
  const file = await openSoon(actor, id);
  try {
    for (let at = 0; ; ) {
      // The state first: what was there when it was already done is all there is.
      const { state, bytes } = await readExport(actor, id);
      if (state === 'FAILED' || state === 'CANCELLED') throw new Error(`The export ended as ${state} while it was sent.`);
      for (;;) {
        const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
        const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, at);
        if (bytesRead === 0) break;
        at += bytesRead;
        yield chunk.subarray(0, bytesRead);
      }
      if (state !== 'RUNNING' && at === bytes) return;
      if (state !== 'RUNNING') throw new Error('The file of the export is not as long as it was written.');
      await wait(LOOK_MS);
    }
  } finally {
    await file.close();
  }
}

// Asked for at once, an export may have a row and no file yet; a moment later its file may have its last name already.
async function openSoon(actor: Actor, id: string): Promise<FileHandle> {
  for (;;) {
    const { state } = await readExport(actor, id);
    for (const kind of ['partial', 'whole'] as const) {
      const file = await open(await exportFile(id, kind)).catch(() => null);
      if (file) return file;
    }
    if (state !== 'RUNNING') throw new Error(`The export ended as ${state} before any of it was sent.`);
    await wait(LOOK_MS);
  }
}
