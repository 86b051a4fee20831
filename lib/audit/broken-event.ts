import type { Client } from 'pg';
import { z } from 'zod';
import type { RowDifference } from '@/lib/domain/row-difference';
import { LOST_PAYLOADS_SQL } from './lost-payloads-sql';

const found = z.array(z.object({ seq: z.coerce.number().int(), fault: z.enum(['broken-log', 'payload-lost']) }));

// Every link of the range is hashed, and every payload: whatever else was changed in one of them, it then contradicts the head that was signed.
const BROKEN_SQL = `
SELECT l.seq, 'broken-log' AS fault FROM (
  SELECT e AS link, e.seq, e.hash, e.prev_hash, e.payload_hash,
    lag(e.seq) OVER (ORDER BY e.seq) AS seq_before, lag(e.hash) OVER (ORDER BY e.seq) AS hash_before
  FROM console.audit_event AS e WHERE e.seq >= $1::bigint AND ($2::bigint IS NULL OR e.seq <= $2::bigint)
) AS l
LEFT JOIN console.audit_payload AS p ON p.seq = l.seq
WHERE l.hash <> console.audit_event_hash(l.link)
  OR l.seq_before <> l.seq - 1 OR l.hash_before <> l.prev_hash
  OR p.seq IS NOT NULL AND l.payload_hash IS DISTINCT FROM console.audit_payload_hash(p.salt, p.data)
UNION ALL
SELECT lost.seq, 'payload-lost' FROM (${LOST_PAYLOADS_SQL}) AS lost
ORDER BY seq LIMIT 1`;

/**
 * Returns the first event in the range whose link, payload or place differs from what was hashed when it was recorded, or
 * whose payload is gone without an erasure of a case that took it; null when none does.
 * That the chain leads to the heads that were signed is compared elsewhere, see requireSignedEvents.
 */
export async function brokenEvent(
  client: Pick<Client, 'query'>,
  { from = 1, to = null }: { from?: number; to?: number | null } = {},
): Promise<RowDifference | null> {
  const { rows } = await client.query(BROKEN_SQL, [from, to]);
  const [first] = found.parse(rows);
  return first ? { seq: first.seq, table: 'audit_event', id: String(first.seq), fault: first.fault } : null;
}
