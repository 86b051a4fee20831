/** The hashes of the files `$1` (text[]), oldest first. */
export const HASHES_SQL = `SELECT h.id, h.name, h.sha256, h.size, h.seen_at AS "seenAt", h.by_name AS "byName"
  FROM console.evidence_hash AS h WHERE h.name = ANY($1::text[]) ORDER BY h.id`;

/** Of each file of `$1` the newest check of each result, oldest first. */
export const CHECKS_SQL = `SELECT c.id, c.name, c.result, c.problem, c.at FROM (
    SELECT DISTINCT ON (t.name, t.result) t.id, t.name, t.result, t.problem, t.at
    FROM console.evidence_check AS t WHERE t.name = ANY($1::text[]) ORDER BY t.name, t.result, t.id DESC
  ) AS c ORDER BY c.id`;

/** The acknowledgements of the files `$1`, oldest first. */
export const ACKNOWLEDGEMENTS_SQL = `SELECT a.name, a.up_to AS "upTo", a.reason, a.by_name AS "byName", a.at
  FROM console.evidence_acknowledgement AS a WHERE a.name = ANY($1::text[]) ORDER BY a.id`;
