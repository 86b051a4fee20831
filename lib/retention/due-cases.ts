import { z } from 'zod';
import { db } from '@/lib/db/client';
import { dueBefore, RETENTION_MAX } from '@/lib/domain/retention';
import { calendarNow } from '@/lib/env';
import { currentPolicy } from '@/lib/review/policies';

/** Cases looked at; beyond, the number is said to be more. */
const LOOKED_AT_MAX = 10_000;

/** The cases whose time is over and of which nothing was erased since, longest over first. Those held are among them. */
export interface DueCases {
  policyVersion: number;
  retentionDays: number;
  ids: number[];
  total: number;
  /** Whether there are more than `total` says. */
  more: boolean;
}

const row = z.object({ id: z.coerce.number().int() });

/** Finds the cases whose time is over, at most `limit` of them by number. */
export async function dueCases(limit = RETENTION_MAX, calendar = calendarNow()): Promise<DueCases> {
  const { version, settings } = await currentPolicy();
  const { retentionDays } = settings;
  const cutoff = new Date(dueBefore(retentionDays, calendar));
  const rows = await db().$queryRaw<unknown[]>`
    SELECT due.id FROM (
      SELECT old.verification_id AS id, console.resolved_at(old.verification_id) AS resolved_at FROM (
        SELECT d.verification_id FROM console.decision d
        WHERE d.decided_at < ${cutoff}
          AND NOT EXISTS (SELECT FROM console.erasure e WHERE e.verification_id = d.verification_id AND e.at >= d.decided_at)
        GROUP BY d.verification_id LIMIT ${LOOKED_AT_MAX + 1}
      ) AS old
    ) AS due
    WHERE due.resolved_at < ${cutoff}
    ORDER BY due.resolved_at, due.id`;
  const ids = row.array().parse(rows);
  return {
    policyVersion: version,
    retentionDays,
    ids: ids.slice(0, limit).map(({ id }) => id),
    total: ids.length,
    more: ids.length > LOOKED_AT_MAX,
  };
}
