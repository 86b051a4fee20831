import { z } from 'zod';
import type { SourceEntry } from './record-source';
import { type RecordRow, ROW_RULES } from './row-of-record';
import type { SyncConnection } from './sync-connection';
import type { Advance } from './sync-state';
import type { Covered } from './unreadable-entries';
import { WRITE_PARAMETERS, writeRows, writeValues } from './write-rows';

/** What one page changes in the index. */
export interface PageToStore {
  rows: RecordRow[];
  /** Milliseconds since 1970, before the page was asked for. */
  askedAt: number;
  advance: Advance;
  /** The stretch of the list the page covers. */
  covered: Covered;
  /** Numbers of records the upstream says it no longer has. */
  missing?: number[];
}

const [KIND, CURSOR, POSITION, TOTAL, UNREADABLE, MISSING, FROM, TO, PLACES, IDS, GIVEN, POSITIONS, FLAWS] = Array.from(
  { length: 13 },
  (_, index) => `$${WRITE_PARAMETERS + index + 1}`,
);
const ADVANCE = `
, advanced AS (
  UPDATE console.sync_state SET cursor = ${CURSOR}, position = ${POSITION}, total = ${TOTAL}, unreadable = ${UNREADABLE},
    synced_at = clock_timestamp(), failure = NULL, failures = 0, retry_at = NULL
   WHERE kind = ${KIND}
), vanished AS (
  -- Not what is written above: one statement changes a row once.
  UPDATE console.record SET upstream_missing_at = clock_timestamp()
   WHERE verification_id = ANY(${MISSING}::bigint[]) AND upstream_missing_at IS NULL
     AND verification_id NOT IN (SELECT verification_id FROM incoming)
), unreadable AS (
  INSERT INTO console.unreadable_record AS kept (place, verification_id, given_id, position, flaw, first_seen_at)
  SELECT met.*, coalesce((SELECT min(same.first_seen_at) FROM console.unreadable_record AS same
      WHERE same.position = met.position AND same.flaw = met.flaw), clock_timestamp())
    FROM unnest(${PLACES}::text[], ${IDS}::bigint[], ${GIVEN}::text[], ${POSITIONS}::bigint[], ${FLAWS}::text[])
      AS met(place, verification_id, given_id, position, flaw)
  ON CONFLICT (place) DO UPDATE SET position = excluded.position, given_id = excluded.given_id, flaw = excluded.flaw,
    last_seen_at = clock_timestamp()
), readable_again AS (
  DELETE FROM console.unreadable_record
   WHERE (position BETWEEN ${FROM}::bigint AND ${TO}::bigint OR verification_id = ANY(ARRAY(SELECT verification_id FROM incoming)))
     AND place <> ALL(${PLACES}::text[])
)`;

const STORE = { name: 'store-page', text: writeRows(ADVANCE) };

const written = z.array(z.object({ written: z.number() }));

/** Takes a page over and moves the cursor, both or neither. Answers how many records were new or different. */
export function storePage(connection: SyncConnection, page: PageToStore): Promise<number> {
  return preparePage(page)(connection);
}

/** What `storePage` does, made ready: nothing is left to do but to send it. */
export function preparePage({
  rows,
  askedAt,
  advance,
  covered,
  missing = [],
}: PageToStore): (connection: SyncConnection) => Promise<number> {
  const { kind, cursor, position, total, unreadable } = advance;
  const values = [...writeValues(rows, askedAt), kind, cursor, position, total, unreadable, missing, ...coveredValues(covered)];
  return async (connection) => {
    const result = await connection.query({ ...STORE, values });
    return written.parse(result.rows)[0]?.written ?? 0;
  };
}

function coveredValues({ from, to, unreadable }: Covered): unknown[] {
  return [
    from,
    to,
    unreadable.map(({ place }) => place),
    unreadable.map(({ verificationId }) => verificationId),
    unreadable.map(({ givenId }) => givenId),
    unreadable.map(({ position }) => position),
    unreadable.map(({ flaw }) => flaw),
  ];
}

/** The rows of a page's entries, each record once. Entries that cannot be kept have none. */
export function rowsOfPage(entries: SourceEntry[]): RecordRow[] {
  return [...new Map(entries.flatMap(({ row }) => (row === null ? [] : [[row.verification_id, row]]))).values()];
}

const known = z.array(z.object({ verification_id: z.coerce.number(), snapshot_hash: z.string() }));

/** The entries the index does not hold as they are: new, changed, thought to be missing, or made by other rules. */
export async function unknownOf(connection: SyncConnection, entries: SourceEntry[]): Promise<SourceEntry[]> {
  const { rows } = await connection.query({
    name: 'known-records',
    text: `SELECT verification_id, snapshot_hash FROM console.record
            WHERE verification_id = ANY($1::bigint[]) AND upstream_missing_at IS NULL AND made_by = ${ROW_RULES}`,
    values: [entries.flatMap(({ id }) => (id === null ? [] : [id]))],
  });
  const hashes = new Map(known.parse(rows).map((row) => [row.verification_id, row.snapshot_hash]));
  return entries.filter(({ row }) => row !== null && hashes.get(row.verification_id) !== row.snapshot_hash);
}
