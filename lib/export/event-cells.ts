import { visibleLines } from '@/lib/domain/visible-text';
import type { CopiedRow } from './copy-out';
import type { EVENT_TABLE_HEAD } from './event-lines';
import { EVENT_FIELDS as FIELD } from './event-lines';
import { eventSentence } from './event-sentence';
import type { CellValue, Kind } from './sheet-cell';

type Column = (typeof EVENT_TABLE_HEAD)[number];

/** How the columns of the log's table are read. */
export const EVENT_KIND: Partial<Record<Column, Kind>> = { at: 'moment', subject: 'id', actorId: 'id' };

/** The server counts microseconds from 2000 on. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

/** An event as the cells of a row, in the order of `EVENT_TABLE_HEAD`: what `eventTableBytes` writes as a line of CSV. */
export function eventCells(row: CopiedRow): CellValue[] {
  const { bytes } = row;
  const text = (field: number) => bytes.toString('utf8', row.start(field), row.end(field));
  const hex = (field: number) => bytes.toString('hex', row.start(field), row.end(field));
  const data = row.isNull(FIELD.data) ? null : text(FIELD.data);
  const microseconds = Number(bytes.readBigInt64BE(row.start(FIELD.at)));
  const cells: Record<Column, CellValue> = {
    seq: Number(bytes.readBigInt64BE(row.start(FIELD.seq))),
    at: new Date(EPOCH_MS + Math.round(microseconds / 1000)).toISOString(),
    actor: text(FIELD.actorName),
    role: text(FIELD.actorRole),
    action: text(FIELD.action),
    subject: text(FIELD.subject),
    what: visibleLines(eventSentence(text(FIELD.action), data)),
    actorId: text(FIELD.actorId),
    payloadHash: hex(FIELD.payloadHash),
    prevHash: hex(FIELD.prevHash),
    hash: hex(FIELD.hash),
    data,
  };
  return Object.values(cells);
}
