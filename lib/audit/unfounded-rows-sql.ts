/**
 * SQL for rows that take two people, or a time that is over, and have neither behind them, as `table` and `id`; `$1` is a case to look at, or
 * null for all. The triggers of the migrations of governance and proposed changes refuse such rows when they are written; this finds those
 * written with the triggers off. Proposal and verdict are bound to the log themselves, so that forging a row takes forging them and their
 * events too.
 *
 * Erasures by request and lifted holds rest on a change of their kind that names the case and was agreed to, or whose time passed without an
 * answer. Erasures by retention rest on the policy in force, on the time the case's rows come to, and on no hold. The moment of an erasure is that of
 * its event (one without is found as such), which the chain dates; what an erasure says itself may lie. A policy counts five minutes after it was replaced, for an erasure under way.
 */
export const UNFOUNDED_ROWS_SQL = `
WITH agreed AS (
  SELECT c.id, c.kind, c.payload -> 'ids' AS ids, coalesce(v.at, c.takes_effect_at) AS since FROM console.proposed_change AS c
  LEFT JOIN console.change_verdict AS v ON v.change_id = c.id
  WHERE c.kind IN ('ERASURE', 'HOLD_LIFT') AND (v.verdict = 'AGREED' AND v.by_id <> c.proposer_id OR v.change_id IS NULL AND c.takes_effect_at IS NOT NULL)
), told AS (
  SELECT r.id, min(v.at) AS at FROM console.audit_event AS v JOIN console.audit_payload AS p ON p.seq = v.seq
  CROSS JOIN LATERAL jsonb_to_recordset(p.data::jsonb -> 'rows') AS r("table" text, id text)
  WHERE v.action IN ('payload.erased', 'case.erased') AND v.action = 'case.erased' AND r."table" = 'erasure'
    AND p.data LIKE '%,"rows":[{%' AND ($1::bigint IS NULL OR v.subject = 'verification:' || $1::bigint)
  GROUP BY r.id
), published AS (
  SELECT p.version, v.at FROM console.policy AS p JOIN console.audit_event AS v ON v.subject = 'policy:' || p.version AND v.action = 'policy.changed'
)
SELECT 'erasure' AS "table", e.id::text AS id FROM console.erasure AS e JOIN told AS t ON t.id = e.id::text
WHERE ($1::bigint IS NULL OR e.verification_id = $1::bigint) AND (
  (SELECT h.held FROM console.legal_hold AS h WHERE h.verification_id = e.verification_id AND h.at <= t.at ORDER BY h.id DESC LIMIT 1) IS TRUE
  OR CASE e.rule
    WHEN 'REQUEST' THEN NOT EXISTS (
      SELECT FROM agreed AS a WHERE a.id = e.change_id AND a.kind = 'ERASURE' AND a.ids @> to_jsonb(e.verification_id) AND a.since < t.at + interval '1 second'
    )
    ELSE e.resolved_at IS NULL OR e.resolved_at IS DISTINCT FROM console.resolved_at(e.verification_id)
      OR e.resolved_at + e.retention_days * interval '24 hours' > t.at
      OR EXISTS (SELECT FROM published AS n WHERE n.version > e.policy_version AND n.at < t.at - interval '5 minutes')
      OR EXISTS (SELECT FROM published AS n WHERE n.version = e.policy_version AND n.at > t.at)
      OR e.retention_days IS DISTINCT FROM (
        CASE e.policy_version WHEN 0 THEN (console.default_policy() ->> 'retentionDays')::integer
        ELSE (SELECT (p.settings ->> 'retentionDays')::integer FROM console.policy AS p WHERE p.version = e.policy_version) END)
  END)
UNION ALL
SELECT 'legal_hold', h.id::text FROM console.legal_hold AS h
WHERE NOT h.held AND ($1::bigint IS NULL OR h.verification_id = $1::bigint) AND NOT EXISTS (
  SELECT FROM agreed AS a WHERE a.id = h.change_id AND a.kind = 'HOLD_LIFT' AND a.ids @> to_jsonb(h.verification_id)
)
UNION ALL
SELECT 'policy', p.version::text FROM (
  SELECT v.version, v.settings, v.change_id, lag(v.settings, 1, console.default_policy()) OVER (ORDER BY v.version) AS before FROM console.policy AS v
) AS p
WHERE $1::bigint IS NULL AND cardinality(console.policy_weakens(p.before, p.settings)) > 0 AND NOT EXISTS (
  SELECT FROM console.proposed_change AS c LEFT JOIN console.change_verdict AS v ON v.change_id = c.id
  WHERE c.id = p.change_id AND c.kind = 'POLICY' AND console.policy_on(c.payload, p.before) = p.settings
    AND (v.verdict = 'AGREED' AND v.by_id <> c.proposer_id OR v.change_id IS NULL AND c.takes_effect_at IS NOT NULL)
)`;
