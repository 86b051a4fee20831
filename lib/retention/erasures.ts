import { z } from 'zod';
import { db } from '@/lib/db/client';
import { ERASURE_RULES, type ErasureRule } from '@/lib/domain/retention';

/** One run of an erasure, as its tombstones tell it. */
export interface ErasureRun {
  runId: string;
  rule: ErasureRule;
  reason: string;
  policyVersion: number;
  byName: string;
  /** Milliseconds since 1970. */
  at: number;
  /** The cases erased, at most the first thousand. */
  ids: number[];
  total: number;
}

const row = z.object({
  runId: z.string(),
  rule: z.enum(ERASURE_RULES),
  reason: z.string(),
  policyVersion: z.number().int(),
  byName: z.string(),
  at: z.date().transform((at) => at.getTime()),
  ids: z.array(z.coerce.number().int()),
  total: z.number().int(),
});

/** The latest erasures, newest first. */
export async function erasureRuns(limit = 50): Promise<ErasureRun[]> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT e.run_id AS "runId", min(e.rule) AS rule, min(e.reason) AS reason, max(e.policy_version) AS "policyVersion",
      min(e.by_name) AS "byName", max(e.at) AS at, (array_agg(e.verification_id ORDER BY e.verification_id))[:1000] AS ids,
      count(*)::int AS total
    FROM console.erasure e GROUP BY e.run_id ORDER BY max(e.at) DESC LIMIT ${limit}`;
  return row.array().parse(rows);
}
