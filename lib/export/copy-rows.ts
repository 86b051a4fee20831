import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** Signature, flags and the length of an extension that no server writes. */
const HEADER_BYTES = 19;
const FIRST_READ_BYTES = 16 * 1024;

/**
 * What `COPY (query) TO STDOUT` yields, as rows of `columns` text columns in UTF-8, null where the column is. A few hundred rows at a
 * time; the buffers are good until the next batch is asked for. Leaving the loop early, or a fault, ends the copy.
 */
export async function* copyRows(client: Client, query: string, columns: number): AsyncGenerator<(Buffer | null)[][]> {
  const source = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`, { highWaterMark: FIRST_READ_BYTES }));
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  for await (const chunk of source) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    if (!begun) {
      if (bytes.length < HEADER_BYTES) {
        rest = bytes;
        continue;
      }
      at = HEADER_BYTES;
      begun = true;
    }
    const rows: (Buffer | null)[][] = [];
    for (;;) {
      const read = readRow(bytes, at, columns);
      if (!read) break;
      rows.push(read.row);
      at = read.next;
    }
    rest = bytes.subarray(at);
    if (rows.length > 0) yield rows;
  }
}

// A row: how many fields (-1 after the last row), then each field's length (-1 for null) and bytes.
function readRow(bytes: Buffer, start: number, columns: number): { row: (Buffer | null)[]; next: number } | null {
  let at = start + 2;
  if (at > bytes.length || bytes.readInt16BE(start) === -1) return null;
  const row: (Buffer | null)[] = [];
  for (let column = 0; column < columns; column += 1) {
    if (at + 4 > bytes.length) return null;
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) {
      row.push(null);
      continue;
    }
    if (at + length > bytes.length) return null;
    row.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { row, next: at };
}
