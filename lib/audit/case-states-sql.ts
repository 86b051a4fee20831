/**
 * SQL for the records whose columns about their case are not what the case's rows come to, as `verification_id`; `$1` is a case to look at,
 * or null for all. It is the set-based writing of console.lasting_state and console.project_case, whose calls a million records cannot
 * afford; tests/db/case-state.test.ts holds the three together.
 */
export const MISSTATED_CASES_SQL = `
WITH standing AS (
  SELECT DISTINCT ON (d.verification_id) d.* FROM console.decision AS d
  WHERE ($1::bigint IS NULL OR d.verification_id = $1::bigint)
    AND NOT EXISTS (SELECT FROM console.withdrawal AS w WHERE w.decision_id = d.id)
  ORDER BY d.verification_id, d.version DESC
), reopened AS (
  SELECT o.verification_id, max(o.version) AS version FROM console.reopening AS o
  WHERE $1::bigint IS NULL OR o.verification_id = $1::bigint GROUP BY o.verification_id
), escalated AS (
  SELECT DISTINCT ON (e.verification_id) e.* FROM console.escalation AS e
  WHERE $1::bigint IS NULL OR e.verification_id = $1::bigint ORDER BY e.verification_id, e.id DESC
), assigned AS (
  SELECT DISTINCT ON (a.verification_id) a.* FROM console.assignment AS a
  WHERE $1::bigint IS NULL OR a.verification_id = $1::bigint ORDER BY a.verification_id, a.id DESC
), snoozed AS (
  SELECT DISTINCT ON (s.verification_id) s.* FROM console.snooze AS s
  WHERE $1::bigint IS NULL OR s.verification_id = $1::bigint ORDER BY s.verification_id, s.id DESC
), stated AS (
  SELECT r.*, d.proposer_id, d.proposer_name, d.decided_at AS stands_since, coalesce(d.version, 0) AS version, a.assignee_id AS given_id,
    a.assignee_name AS given_name, e.lifted, e.version AS escalated_at, s.until, s.version AS snoozed_at,
    CASE
      WHEN d.id IS NULL AND o.version IS NULL THEN 'OPEN'
      WHEN d.id IS NULL OR o.version >= d.version THEN 'REOPENED'
      WHEN d.second_person IS NULL OR y.agrees THEN 'RESOLVED'
      WHEN y.agrees IS NULL THEN 'PENDING_SECOND_REVIEW'
      ELSE 'REOPENED'
    END AS lasting
  FROM (
    SELECT k.verification_id, k.state, k.reviewer_id, k.reviewer_name, k.decided_at, k.assignee_id, k.assignee_name, k.snoozed_until
    FROM console.record AS k WHERE $1::bigint IS NULL OR k.verification_id = $1::bigint
  ) AS r
  LEFT JOIN standing AS d USING (verification_id)
  LEFT JOIN reopened AS o USING (verification_id)
  LEFT JOIN escalated AS e USING (verification_id)
  LEFT JOIN assigned AS a USING (verification_id)
  LEFT JOIN snoozed AS s USING (verification_id)
  LEFT JOIN console.approval AS y ON y.decision_id = d.id
)
SELECT c.verification_id FROM stated AS c
WHERE c.state <> (CASE WHEN c.lasting IN ('OPEN', 'REOPENED') AND NOT c.lifted AND c.escalated_at >= c.version THEN 'ESCALATED' ELSE c.lasting END)
  OR (c.reviewer_id, c.reviewer_name, c.decided_at) IS DISTINCT FROM (
    CASE c.lasting WHEN 'RESOLVED' THEN c.proposer_id END,
    CASE c.lasting WHEN 'RESOLVED' THEN left(c.proposer_name, 250) END,
    CASE c.lasting WHEN 'RESOLVED' THEN c.stands_since END)
  OR (c.assignee_id, c.assignee_name) IS DISTINCT FROM (c.given_id, left(c.given_name, 250))
  OR c.snoozed_until IS DISTINCT FROM (CASE WHEN c.snoozed_at >= c.version THEN c.until END)`;
