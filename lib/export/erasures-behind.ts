import type { Client } from 'pg';
import { z } from 'zod';
import { EVENTS_SQL } from './event-lines';

/**
 * Returns the numbers of the events that explain every payload which is gone from `range`, of those events that `condition` chooses: each
 * `payload.erased` that names one, and the `case.erased` of its case. An extract that leaves them out cannot be verified. Both are SQL on `EVENTS_SQL`.
 */
export async function erasuresBehind(client: Client, { range, condition }: { range: string; condition: string }): Promise<number[]> {
  await client.query('SET LOCAL enable_sort = on; SET LOCAL enable_hashjoin = on');
  const { rows } = await client.query(`
    WITH lost AS MATERIALIZED (
      SELECT e.seq FROM console.audit_event AS e LEFT JOIN console.audit_payload AS p ON p.seq = e.seq WHERE ${range} AND p.seq IS NULL
    ), gone AS MATERIALIZED (
      SELECT e.seq FROM ${EVENTS_SQL} WHERE e.seq IN (SELECT seq FROM lost) AND ${condition}
    ), said AS MATERIALIZED (
      SELECT e.seq, e.action, e.subject, p.data::jsonb AS data FROM console.audit_event AS e JOIN console.audit_payload AS p ON p.seq = e.seq
      WHERE e.action IN ('payload.erased', 'case.erased') AND ${range} AND EXISTS (SELECT FROM gone)
    ), naming AS (
      SELECT DISTINCT s.seq, s.subject FROM said AS s CROSS JOIN LATERAL jsonb_path_query(s.data, '$.data.events[*] ? (@.type() == "number")') AS n(seq)
      JOIN gone AS g ON g.seq = n.seq::numeric WHERE s.action = 'payload.erased'
    ), about AS (
      SELECT n.subject, min(n.seq) AS since FROM naming AS n GROUP BY n.subject
    )
    SELECT seq FROM naming
    UNION SELECT s.seq FROM said AS s JOIN about AS a ON a.subject = s.subject WHERE s.action = 'case.erased' AND s.seq > a.since
    ORDER BY seq`);
  await client.query('SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off');
  return z
    .array(z.object({ seq: z.coerce.number().int() }))
    .parse(rows)
    .map(({ seq }) => seq);
}
