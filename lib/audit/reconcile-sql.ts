import { BOUND_TABLES, SHARED_TABLES } from './bound-rows';
import { MISSTATED_CASES_SQL } from './case-states-sql';
import { LOST_RECORDS_SQL } from './lost-records-sql';
import { MISSTATED_FINDINGS_SQL } from './misstated-findings-sql';
import { UNFOUNDED_ROWS_SQL } from './unfounded-rows-sql';

const bindings = Object.entries(BOUND_TABLES).flatMap(([table, actions]) => actions.map((action) => `('${table}','${action}')`));
const shared = SHARED_TABLES.map((table) => `'${table}'`).join(',');

/**
 * Every difference between the rows of the bound tables and what the payloads of the log say of them, that of the oldest event first, and
 * every record, finding and check that is not what the rows come to, as `seq`, `table`, `id` and `fault`. It is set-based: each payload is read once, each row is hashed once. `$1` is a case to look at, or
 * null for all of them.
 */
export const RECONCILE_SQL = `
WITH bound AS (
  SELECT e.seq, e.action, e.subject, r."table", r.id, r.sha256, coalesce(r.lasting, r.sha256) AS lasting,
    lag(r.sha256) OVER same AS before, lag(coalesce(r.lasting, r.sha256)) OVER same AS lasting_before, first_value(e.subject) OVER same AS about,
    row_number() OVER same AS time, lead(e.seq) OVER same IS NULL AS newest
  FROM console.audit_payload AS p
  JOIN console.audit_event AS e ON e.seq = p.seq
  CROSS JOIN LATERAL jsonb_to_recordset(('[' || left(split_part(p.data, ',"rows":[', -1), -1))::jsonb) AS r("table" text, id text, lasting text, sha256 text)
  WHERE p.data LIKE '%,"rows":[{%'
    AND ($1::bigint IS NULL OR e.subject = 'verification:' || $1::bigint)
  WINDOW same AS (PARTITION BY r."table", r.id ORDER BY e.seq)
), kept AS (
  SELECT * FROM console.bound_rows() AS k WHERE $1::bigint IS NULL OR k.verification_id = $1::bigint
), erasing AS (
  SELECT b.seq FROM bound AS b WHERE b."table" = 'erasure' AND b.action = 'case.erased' AND b.time = 1
), differing AS (
  SELECT b.seq, b."table", b.id, CASE WHEN b.time > 1 THEN 'bound-again' ELSE 'bound-by-another' END AS fault
  FROM bound AS b
  WHERE b.time > 1 AND b.before <> b.sha256 AND NOT (b.lasting = b.lasting_before AND b.seq IN (SELECT seq FROM erasing)
      AND (b.about = b.subject OR b.about NOT LIKE 'verification:%' OR b."table" IN (${shared})))
    OR b.time = 1 AND (b."table", b.action) NOT IN (VALUES ${bindings.join(',')}) AND b.seq NOT IN (SELECT seq FROM erasing)
  UNION ALL
  SELECT b.seq, coalesce(b."table", k."table"), coalesce(b.id, k.id),
    CASE WHEN b.id IS NULL THEN 'without-event' WHEN k.id IS NULL THEN 'missing' WHEN k.sha256 <> b.sha256 THEN 'changed' ELSE 'bound-by-another' END
  FROM (SELECT * FROM bound WHERE newest) AS b
  FULL JOIN kept AS k ON k."table" = b."table" AND k.id = b.id
  WHERE (k.sha256 IS DISTINCT FROM b.sha256 OR 'verification:' || k.verification_id <> b.subject)
    AND ($1::bigint IS NULL OR coalesce(b."table" NOT IN ('batch', 'draw_grant', 'policy', 'proposed_change', 'change_verdict'), true))
  UNION ALL
  SELECT NULL, 'record', m.verification_id::text, 'misstated' FROM (${MISSTATED_CASES_SQL}) AS m
  UNION
  SELECT NULL, m."table", m.id, 'misstated' FROM (${MISSTATED_FINDINGS_SQL}) AS m
  UNION
  SELECT NULL, u."table", u.id, 'unfounded' FROM (${UNFOUNDED_ROWS_SQL}) AS u
  UNION
  SELECT NULL, 'record', l.verification_id::text, 'lost' FROM (${LOST_RECORDS_SQL}) AS l
)
SELECT seq, "table", id, fault FROM differing ORDER BY seq NULLS LAST, "table", id, fault`;
