/**
 * SQL for the cases with a decision and no record in the index, as `verification_id`; `$1` is a case to look at, or null for all. A decision
 * takes its record over first, and nothing deletes one: the sync marks it as missing, an erasure empties it.
 */
export const LOST_RECORDS_SQL = `
SELECT DISTINCT d.verification_id FROM console.decision AS d
WHERE ($1::bigint IS NULL OR d.verification_id = $1::bigint)
  AND NOT EXISTS (SELECT FROM console.record AS r WHERE r.verification_id = d.verification_id)`;
