import { visibleLines } from '@/lib/domain/visible-text';
import type { CopiedRow } from './copy-out';
import { CSV_LINE_END, csvText } from './csv';
import { eventSentence } from './event-sentence';
import type { LineBuffer } from './line-buffer';

/** Where events and their payloads come from; a payload nobody looks at is not read. */
export const EVENTS_SQL = 'console.audit_event AS e LEFT JOIN console.audit_payload AS p ON p.seq = e.seq';
/** What is asked of them for the functions below. */
export const EVENT_COLUMNS_SQL =
  'e.seq, e.at, e.actor_id, e.actor_name, e.actor_role, e.action, e.subject, e.payload_hash, e.prev_hash, e.hash, p.salt, p.data';
const [SEQ, AT, ACTOR_ID, ACTOR_NAME, ACTOR_ROLE, ACTION, SUBJECT, PAYLOAD_HASH, PREV_HASH, HASH, SALT, DATA] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
] as const;
/** The same by name. */
export const EVENT_FIELDS = {
  seq: SEQ,
  at: AT,
  actorId: ACTOR_ID,
  actorName: ACTOR_NAME,
  actorRole: ACTOR_ROLE,
  action: ACTION,
  subject: SUBJECT,
  payloadHash: PAYLOAD_HASH,
  prevHash: PREV_HASH,
  hash: HASH,
  data: DATA,
} as const;
/** How many columns that are. */
export const EVENT_COLUMNS = DATA + 1;

const part = (text: string) => Buffer.from(text);
const JSON_PARTS = {
  seq: part('{"seq":'),
  at: part(',"at":"'),
  actorId: part('","actorId":'),
  actorName: part(',"actorName":'),
  actorRole: part(',"actorRole":'),
  action: part(',"action":'),
  subject: part(',"subject":'),
  payloadHash: part(',"payloadHash":"'),
  prevHash: part('","prevHash":"'),
  hash: part('","hash":"'),
  salt: part('","salt":"'),
  data: part('","data":'),
  erased: part('","salt":null,"data":null}\n'),
  end: part('}\n'),
  linkEnd: part('"}\n'),
};
const CSV_PARTS = { comma: part(','), end: part(CSV_LINE_END) };

/** An event as a line of `audit-log.jsonl`: what `eventLine` makes of it. */
export function eventLineBytes(row: CopiedRow, out: LineBuffer): void {
  linkPart(row, out);
  const { bytes } = row;
  if (row.isNull(DATA)) {
    out.bytes(JSON_PARTS.erased);
    return;
  }
  out.bytes(JSON_PARTS.salt);
  out.hex(bytes, row.start(SALT), row.end(SALT));
  out.bytes(JSON_PARTS.data);
  out.json(bytes, row.start(DATA), row.end(DATA));
  out.bytes(JSON_PARTS.end);
}

/** Its bare link as a line of `audit-links.jsonl`. */
export function linkLineBytes(row: CopiedRow, out: LineBuffer): void {
  linkPart(row, out);
  out.bytes(JSON_PARTS.linkEnd);
}

function linkPart(row: CopiedRow, out: LineBuffer): void {
  const { bytes } = row;
  out.bytes(JSON_PARTS.seq);
  out.whole(bytes, row.start(SEQ));
  out.bytes(JSON_PARTS.at);
  out.moment(bytes, row.start(AT));
  out.bytes(JSON_PARTS.actorId);
  out.json(bytes, row.start(ACTOR_ID), row.end(ACTOR_ID));
  out.bytes(JSON_PARTS.actorName);
  out.json(bytes, row.start(ACTOR_NAME), row.end(ACTOR_NAME));
  out.bytes(JSON_PARTS.actorRole);
  out.json(bytes, row.start(ACTOR_ROLE), row.end(ACTOR_ROLE));
  out.bytes(JSON_PARTS.action);
  out.json(bytes, row.start(ACTION), row.end(ACTION));
  out.bytes(JSON_PARTS.subject);
  out.json(bytes, row.start(SUBJECT), row.end(SUBJECT));
  out.bytes(JSON_PARTS.payloadHash);
  out.hex(bytes, row.start(PAYLOAD_HASH), row.end(PAYLOAD_HASH));
  out.bytes(JSON_PARTS.prevHash);
  out.hex(bytes, row.start(PREV_HASH), row.end(PREV_HASH));
  out.bytes(JSON_PARTS.hash);
  out.hex(bytes, row.start(HASH), row.end(HASH));
}

/** The head of `audit-log.csv`; `what` is the sentence the screens show, with hidden characters named; `data` has the exact texts. */
export const EVENT_TABLE_HEAD = [
  ...['seq', 'at', 'actor', 'role', 'action', 'subject', 'what', 'actorId', 'payloadHash', 'prevHash', 'hash', 'data'],
] as const;

/** An event as a line of `audit-log.csv`. */
export function eventTableBytes(row: CopiedRow, out: LineBuffer): void {
  const { bytes } = row;
  const data = row.isNull(DATA) ? null : bytes.toString('utf8', row.start(DATA), row.end(DATA));
  out.whole(bytes, row.start(SEQ));
  out.bytes(CSV_PARTS.comma);
  out.moment(bytes, row.start(AT));
  out.bytes(CSV_PARTS.comma);
  out.cell(bytes, row.start(ACTOR_NAME), row.end(ACTOR_NAME));
  out.bytes(CSV_PARTS.comma);
  out.bytes(bytes, row.start(ACTOR_ROLE), row.end(ACTOR_ROLE));
  out.bytes(CSV_PARTS.comma);
  out.bytes(bytes, row.start(ACTION), row.end(ACTION));
  out.bytes(CSV_PARTS.comma);
  out.cell(bytes, row.start(SUBJECT), row.end(SUBJECT));
  out.bytes(CSV_PARTS.comma);
  out.text(csvText(visibleLines(eventSentence(bytes.toString('latin1', row.start(ACTION), row.end(ACTION)), data))));
  out.bytes(CSV_PARTS.comma);
  out.cell(bytes, row.start(ACTOR_ID), row.end(ACTOR_ID));
  out.bytes(CSV_PARTS.comma);
  out.hex(bytes, row.start(PAYLOAD_HASH), row.end(PAYLOAD_HASH));
  out.bytes(CSV_PARTS.comma);
  out.hex(bytes, row.start(PREV_HASH), row.end(PREV_HASH));
  out.bytes(CSV_PARTS.comma);
  out.hex(bytes, row.start(HASH), row.end(HASH));
  out.bytes(CSV_PARTS.comma);
  if (data !== null) out.cell(bytes, row.start(DATA), row.end(DATA));
  out.bytes(CSV_PARTS.end);
}
