import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { subjectOfCase } from './case-of-file';
import { onCase } from './on-case';

/** Cases recorded in one run at most; the next run takes the rest. */
const CASES = 200;

interface ChangedRecord {
  id: bigint;
  decisionId: string;
  version: number;
  beforeSha256: string;
  /** Null when the verification service no longer has the record. */
  afterSha256: string | null;
}

/**
 * Records for each case with a decision that counts or waits, whose record was replaced or lost since, that this was noticed: once for each
 * change. The sync that notices it writes whole pages of records and must not wait for the log. Returns how many it recorded.
 */
export async function recordRecordChanges(signal: AbortSignal): Promise<number> {
  let recorded = 0;
  for (const { id } of await unrecorded(db(), null)) {
    if (signal.aborted) break;
    recorded += await onCase(Number(id), (tx, isErased) => (isErased ? Promise.resolve(0) : record(tx, id)), { erasedToo: true });
  }
  return recorded;
}

async function record(tx: Prisma.TransactionClient, id: bigint): Promise<number> {
  // Once more, now that nothing else writes on the case.
  const [found] = await unrecorded(tx, id);
  if (!found) return 0;
  const { id: _, ...data } = found;
  await appendAuditEvent(tx, SYSTEM_ACTOR, { action: 'record.changed', subject: subjectOfCase(Number(id)), data });
  return 1;
}

// A finding that was taken back and noticed again is another change, also when the record is the one it was then.
function unrecorded(tx: Prisma.TransactionClient, only: bigint | null): Promise<ChangedRecord[]> {
  return tx.$queryRaw<ChangedRecord[]>`
    SELECT n.verification_id AS id, d.id::text AS "decisionId", d.version, d.snapshot_hash AS "beforeSha256",
      CASE WHEN r.upstream_missing_at IS NULL THEN r.snapshot_hash END AS "afterSha256"
    FROM console.noticed_finding AS n
    JOIN console.record AS r ON r.verification_id = n.verification_id
    CROSS JOIN LATERAL console.standing_decisions(ARRAY[n.verification_id]) AS d
    LEFT JOIN LATERAL (
      SELECT e.at, p.data::jsonb -> 'data' AS said FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
      WHERE e.subject = 'verification:' || n.verification_id AND e.action = 'record.changed' ORDER BY e.seq DESC LIMIT 1
    ) AS last ON true
    WHERE n.kind = 'record-changed' AND (${only}::bigint IS NULL OR n.verification_id = ${only}::bigint)
      AND (last.at IS NULL OR last.at < n.noticed_at OR last.said ->> 'decisionId' <> d.id::text
        OR last.said ->> 'afterSha256' IS DISTINCT FROM CASE WHEN r.upstream_missing_at IS NULL THEN r.snapshot_hash END)
    ORDER BY n.noticed_at LIMIT ${CASES}`;
}
