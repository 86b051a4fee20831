/** The hashes of the files `$1` (text[]), oldest first. */
export const HASHES_SQL = `SELECT h.id, h.name, h.sha256, h.size, h.seen_at AS "seenAt", h.by_name AS "byName"
  FROM console.evidence_hash AS h WHERE h.name = ANY($1::text[]) ORDER BY h.id`;

/** Of each file of `$1` the newest check of each result, oldest first, dated by its beginning. */
export const CHECKS_SQL = `SELECT c.id, c.name, c.result, c.problem, c.at FROM (
    SELECT DISTINCT ON (t.name, t.result) t.id, t.name, t.result, t.problem, coalesce(t.began_at, t.at) AS at
    FROM console.evidence_check AS t WHERE t.name = ANY($1::text[]) ORDER BY t.name, t.result, t.id DESC
  ) AS c ORDER BY c.id`;

/** Of each file of `$1` the newest time it was lost or came back. */
export const LOSSES_SQL = `SELECT DISTINCT ON (l.name) l.name, l.lost, l.problem
  FROM console.evidence_loss AS l WHERE l.name = ANY($1::text[]) ORDER BY l.name, l.id DESC`;

/** The acknowledgements of the files `$1`, oldest first. */
export const ACKNOWLEDGEMENTS_SQL = `SELECT a.name, a.up_to AS "upTo", a.reason, a.by_name AS "byName", a.at
  FROM console.evidence_acknowledgement AS a WHERE a.name = ANY($1::text[]) ORDER BY a.id`;
