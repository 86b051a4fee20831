import type { Client } from 'pg';
import { EXPORTED_FILES } from '@/lib/audit/export-format';
import { EVENTS_SQL } from './audit-log-sql';
import { copyRows } from './copy-rows';
import { CSV_LINE_END, CSV_START, csvLine, csvText } from './csv';
import { csvTextSql } from './csv-sql';
import { eventSentence } from './event-sentence';
import type { ExtractJob } from './extract';
import { AT_SQL, EVENT_LINE_SQL, LINK_LINE_SQL } from './jsonl-sql';
import { lineBuffer } from './line-buffer';
import type { PackedFile } from './zip';

export const EVENT_COLUMNS = [
  ...['seq', 'at', 'actor', 'role', 'action', 'subject', 'what', 'actorId', 'payloadHash', 'prevHash', 'hash', 'data'],
] as const;

/** Events as `audit-log.jsonl`; `where` is SQL on `EVENTS_SQL`. */
export async function writeEventLines(client: Client, where: string, job: ExtractJob): Promise<Written> {
  return written(job, EXPORTED_FILES.log, lines(client, EVENT_LINE_SQL, where, job.wrote));
}

/** Their bare links as `audit-links.jsonl`. */
export async function writeLinkLines(client: Client, where: string, job: ExtractJob): Promise<Written> {
  return written(
    job,
    EXPORTED_FILES.links,
    lines(client, LINK_LINE_SQL, where, () => job.wrote(0)),
  );
}

/** Events as `audit-log.csv`: each with the sentence the screens show for it. */
export async function writeEventTable(client: Client, where: string, job: ExtractJob): Promise<Written> {
  return written(job, 'audit-log.csv', table(client, where, job.wrote));
}

export interface Written {
  file: PackedFile;
  rows: number;
}

interface Piece {
  bytes: Buffer;
  rows: number;
}

async function written({ zip }: ExtractJob, name: string, pieces: AsyncGenerator<Piece>): Promise<Written> {
  let rows = 0;
  async function* bytes() {
    for await (const piece of pieces) {
      rows += piece.rows;
      yield piece.bytes;
    }
  }
  const file = await zip.add(name, bytes());
  return { file, rows };
}

async function* lines(client: Client, line: string, where: string, wrote: (rows: number) => void): AsyncGenerator<Piece> {
  const buffer = lineBuffer();
  let rows = 0;
  for await (const batch of copyRows(client, `SELECT ${line} FROM ${EVENTS_SQL} WHERE ${where} ORDER BY e.seq`, 1)) {
    for (const [bytes] of batch) if (bytes) buffer.bytes(bytes);
    rows += batch.length;
    wrote(batch.length);
    const piece = buffer.take();
    if (piece) yield { bytes: piece, rows };
    if (piece) rows = 0;
  }
  const rest = buffer.take(true);
  if (rest) yield { bytes: rest, rows };
}

const BEFORE = `e.seq || ',' || ${AT_SQL} || ',' || ${csvTextSql('e.actor_name')} || ',' || e.actor_role || ',' || e.action || ',' || ${csvTextSql('e.subject')} || ','`;
const AFTER = `',' || ${csvTextSql('e.actor_id')} || ',' || encode(e.payload_hash, 'hex') || ',' || encode(e.prev_hash, 'hex') || ',' || encode(e.hash, 'hex') || ','`;

async function* table(client: Client, where: string, wrote: (rows: number) => void): AsyncGenerator<Piece> {
  const buffer = lineBuffer();
  buffer.text(CSV_START + csvLine(EVENT_COLUMNS));
  let rows = 0;
  const query = `SELECT ${BEFORE}, e.action, p.data, ${AFTER} FROM ${EVENTS_SQL} WHERE ${where} ORDER BY e.seq`;
  for await (const batch of copyRows(client, query, 4)) {
    for (const [before, action, payload, after] of batch) {
      if (!before || !action || !after) throw new Error('The database sent an event without its parts.');
      const data = payload?.toString() ?? null;
      buffer.bytes(before);
      buffer.text(csvText(eventSentence(action.toString(), data)));
      buffer.bytes(after);
      buffer.text(data === null ? CSV_LINE_END : csvText(data) + CSV_LINE_END);
    }
    rows += batch.length;
    wrote(batch.length);
    const piece = buffer.take();
    if (piece) yield { bytes: piece, rows };
    if (piece) rows = 0;
  }
  const rest = buffer.take(true);
  if (rest) yield { bytes: rest, rows };
}
