/**
 * SQL for the findings that the console noticed and that are not what the rows bound to the log come to, and for checks of evidence that
 * name bytes which were never recorded, as `table` and `id`; `$1` is a case to look at, or null for all. The triggers of the migrations of
 * noticed findings and record-changed write the same rules row by row; tests/db/bound-evidence.test.ts holds them together.
 *
 * drift: a difference that no acknowledgement settled. file-missing: a lost file that the record names. record-changed: the standing
 * decision was made on another record. An erased case has none.
 */
export const MISSTATED_FINDINGS_SQL = `
WITH settled AS (
  SELECT a.verification_id, max(a.settled_drift) AS drift FROM console.evidence_acknowledgement AS a
  WHERE $1::bigint IS NULL OR a.verification_id = $1::bigint GROUP BY a.verification_id
), losses AS (
  SELECT DISTINCT ON (l.verification_id, l.name) l.verification_id, l.lost AND l.named AS missing FROM console.evidence_loss AS l
  WHERE l.verification_id IS NOT NULL AND ($1::bigint IS NULL OR l.verification_id = $1::bigint)
  ORDER BY l.verification_id, l.name, l.id DESC
), newest AS (
  SELECT DISTINCT ON (d.verification_id) d.* FROM console.decision AS d
  WHERE ($1::bigint IS NULL OR d.verification_id = $1::bigint)
    AND NOT EXISTS (SELECT FROM console.withdrawal AS w WHERE w.decision_id = d.id)
  ORDER BY d.verification_id, d.version DESC
), expected AS (
  SELECT d.verification_id, 'drift' AS kind FROM console.evidence_drift AS d LEFT JOIN settled AS s USING (verification_id)
  WHERE d.id > coalesce(s.drift, 0) AND ($1::bigint IS NULL OR d.verification_id = $1::bigint)
  UNION
  SELECT l.verification_id, 'file-missing' FROM losses AS l WHERE l.missing
  UNION
  SELECT d.verification_id, 'record-changed' FROM newest AS d JOIN console.record AS r USING (verification_id)
  WHERE (r.snapshot_hash <> d.snapshot_hash OR r.upstream_missing_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM console.reopening AS o WHERE o.verification_id = d.verification_id AND o.version >= d.version)
    AND NOT EXISTS (SELECT FROM console.approval AS a WHERE a.decision_id = d.id AND NOT a.agrees)
), standing AS (
  SELECT x.* FROM expected AS x WHERE NOT EXISTS (SELECT FROM console.erasure AS e WHERE e.verification_id = x.verification_id)
), noticed AS (
  SELECT n.verification_id, n.kind FROM console.noticed_finding AS n
  WHERE n.kind IN ('drift', 'file-missing', 'record-changed') AND ($1::bigint IS NULL OR n.verification_id = $1::bigint)
), kinds AS (
  SELECT n.verification_id, array_agg(n.kind) AS kinds FROM standing AS n GROUP BY n.verification_id
)
SELECT 'noticed_finding' AS "table", verification_id || ' ' || kind AS id FROM standing AS s FULL JOIN noticed AS n USING (verification_id, kind)
  WHERE s.verification_id IS NULL OR n.verification_id IS NULL
UNION ALL
SELECT 'record', r.verification_id::text FROM console.record AS r LEFT JOIN kinds AS k USING (verification_id)
  WHERE ($1::bigint IS NULL OR r.verification_id = $1::bigint)
    AND (k.kinds IS NOT NULL OR r.findings && ARRAY['drift', 'file-missing', 'record-changed'])
    AND NOT (coalesce(r.findings, '{}') @> coalesce(k.kinds, '{}')
      AND coalesce(k.kinds, '{}') @> ARRAY(SELECT f FROM unnest(r.findings) AS f WHERE f IN ('drift', 'file-missing', 'record-changed')))
UNION ALL
SELECT 'evidence_check', c.id::text FROM console.evidence_check AS c
  WHERE c.result = 'seen' AND ($1::bigint IS NULL OR c.verification_id = $1::bigint)
    AND NOT EXISTS (SELECT FROM console.evidence_hash AS h WHERE h.name = c.name AND h.sha256 = c.sha256)
    -- A file that two records name loses its name with the first of them that is erased.
    AND NOT EXISTS (SELECT FROM console.evidence_hash AS h WHERE h.name = console.erased_text() AND h.sha256 = c.sha256)
UNION ALL
-- The database gives a check its time; a later one than now was written in.
SELECT 'evidence_check', c.id::text FROM console.evidence_check AS c
  WHERE c.at > clock_timestamp() + interval '1 minute' AND ($1::bigint IS NULL OR c.verification_id = $1::bigint)`;
