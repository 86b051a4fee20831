import { ROW_KINDS } from './bound-rows';

const actionKinds = Object.entries(ROW_KINDS.ofAction).map(([action, kind]) => `('${action}','${kind}')`);
const tableKinds = Object.entries(ROW_KINDS.ofTable).map(([table, kind]) => `('${table}','${kind}')`);

/**
 * SQL for the events from `$1` to `$2` (null for the newest) whose payload is gone without an erasure of a case behind it, as `seq`: the rule of
 * lost-payloads.ts, set-based. The events of erasures are read only where a payload is gone.
 */
export const LOST_PAYLOADS_SQL = `
WITH gone AS MATERIALIZED (
  SELECT e.seq, e.action, e.subject FROM console.audit_event AS e LEFT JOIN console.audit_payload AS p ON p.seq = e.seq
  WHERE e.seq >= $1::bigint AND ($2::bigint IS NULL OR e.seq <= $2::bigint) AND p.seq IS NULL
), said AS MATERIALIZED (
  SELECT e.seq, e.action, e.subject, p.data::jsonb AS data FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
  WHERE e.action IN ('payload.erased', 'case.erased') AND EXISTS (SELECT FROM gone)
), bound AS MATERIALIZED (
  SELECT s.seq, r."table", r.id FROM said AS s
  CROSS JOIN LATERAL jsonb_to_recordset(CASE jsonb_typeof(s.data -> 'rows') WHEN 'array' THEN s.data -> 'rows' ELSE '[]' END) AS r("table" text, id text)
  WHERE s.action = 'case.erased'
), erasing AS (
  SELECT DISTINCT first.seq FROM (SELECT min(b.seq) AS seq FROM bound AS b WHERE b."table" = 'erasure' GROUP BY b.id) AS first
), marks AS (
  SELECT s.seq, s.action, s.subject, s.data,
    min(c.seq) OVER (PARTITION BY s.subject ORDER BY s.seq ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS closed
  FROM said AS s LEFT JOIN erasing AS c ON c.seq = s.seq
), named AS (
  SELECT DISTINCT ON (g.seq) g.seq, g.action, m.closed
  FROM marks AS m
  CROSS JOIN LATERAL jsonb_path_query(m.data, '$.data.events[*] ? (@.type() == "number")') AS n(seq)
  JOIN gone AS g ON g.seq = n.seq::numeric AND g.seq < m.seq AND (g.subject = m.subject OR g.subject NOT LIKE 'verification:%')
  WHERE m.action = 'payload.erased'
  ORDER BY g.seq, m.seq
), counted AS (
  SELECT n.seq, n.closed, k.kind, row_number() OVER (PARTITION BY n.closed, k.kind ORDER BY n.seq) AS place
  FROM named AS n LEFT JOIN (VALUES ${actionKinds.join(',')}) AS k(action, kind) ON k.action = n.action
), bindings AS (
  SELECT b.seq, k.kind, count(*) AS amount FROM bound AS b JOIN (VALUES ${tableKinds.join(',')}) AS k("table", kind) ON k."table" = b."table"
  GROUP BY b.seq, k.kind
)
SELECT g.seq FROM gone AS g
LEFT JOIN counted AS c ON c.seq = g.seq
LEFT JOIN bindings AS b ON b.seq = c.closed AND b.kind = c.kind
WHERE c.closed IS NULL OR c.kind IS NOT NULL AND c.place > coalesce(b.amount, 0)`;
