/** The hashes of the files `$1` (text[]), oldest first. */
export const HASHES_SQL = `SELECT h.id, h.name, h.sha256, h.size, h.seen_at AS "seenAt", h.by_name AS "byName"
  FROM console.evidence_hash AS h WHERE h.name = ANY($1::text[]) ORDER BY h.id`;

/** Of each file of `$1` its newest check, its newest that found something and its newest that read all bytes, oldest first. */
export const CHECKS_SQL = `SELECT c.id, c.name, c.result, c.problem, c.at
  FROM unnest($1::text[]) AS wanted(name) CROSS JOIN LATERAL (
    (SELECT * FROM console.evidence_check AS t WHERE t.name = wanted.name ORDER BY t.id DESC LIMIT 1)
    UNION (SELECT * FROM console.evidence_check AS t WHERE t.name = wanted.name AND t.result IN ('seen', 'foreign', 'lost') ORDER BY t.id DESC LIMIT 1)
    UNION (SELECT * FROM console.evidence_check AS t WHERE t.name = wanted.name AND t.result = 'seen' ORDER BY t.id DESC LIMIT 1)
  ) AS c ORDER BY c.id`;

/** The acknowledgements of the files `$1`, oldest first. */
export const ACKNOWLEDGEMENTS_SQL = `SELECT a.name, a.up_to AS "upTo", a.reason, a.by_name AS "byName", a.at
  FROM console.evidence_acknowledgement AS a WHERE a.name = ANY($1::text[]) ORDER BY a.id`;
