import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { ERASURE_RULES, type RetentionFacts } from '@/lib/domain/retention';

const instant = z.date().transform((date) => date.getTime());
const count = z.number().int().nonnegative();

const row = z.object({
  verificationId: z.coerce.number().int(),
  resolvedAt: instant.nullable(),
  counts: z.object({ notes: count, decisions: count, verdicts: count, reasons: count, copies: count, records: count, events: count }),
  held: z.boolean().nullable(),
  holdId: z.coerce.number().int().nullable(),
  holdReason: z.string().nullable(),
  holdBy: z.string().nullable(),
  holdAt: instant.nullable(),
  erasedAt: instant.nullable(),
  erasedBy: z.string().nullable(),
  erasedRule: z.enum(ERASURE_RULES).nullable(),
  erasedReason: z.string().nullable(),
  erasedPolicy: z.number().int().nullable(),
  erasedDays: z.number().int().nullable(),
});

/** What decides over keeping each of the cases, in the order asked for; a case nobody touched has no clock and nothing to erase. */
export async function retentionFacts(ids: readonly number[], tx: Prisma.TransactionClient = db()): Promise<RetentionFacts[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT asked.id AS "verificationId", console.resolved_at(asked.id) AS "resolvedAt", console.erasable(asked.id) AS counts,
      hold.held, CASE WHEN hold.held THEN hold.id END AS "holdId", hold.reason AS "holdReason", hold.by_name AS "holdBy", hold.at AS "holdAt",
      gone.at AS "erasedAt", gone.by_name AS "erasedBy", gone.rule AS "erasedRule", gone.reason AS "erasedReason",
      gone.policy_version AS "erasedPolicy", gone.retention_days AS "erasedDays"
    FROM unnest(${ids.map(BigInt)}::bigint[]) WITH ORDINALITY AS asked(id, place)
    LEFT JOIN LATERAL (
      SELECT * FROM console.legal_hold h WHERE h.verification_id = asked.id ORDER BY h.id DESC LIMIT 1
    ) AS hold ON true
    LEFT JOIN LATERAL (
      SELECT * FROM console.erasure e WHERE e.verification_id = asked.id ORDER BY e.at DESC LIMIT 1
    ) AS gone ON true
    ORDER BY asked.place`;
  return row.array().parse(rows).map(factsOfRow);
}

function factsOfRow(found: z.infer<typeof row>): RetentionFacts {
  const { verificationId, resolvedAt, counts, held, holdId, holdReason, holdBy, holdAt } = found;
  const { erasedAt, erasedBy, erasedRule, erasedReason, erasedPolicy, erasedDays } = found;
  return {
    verificationId,
    resolvedAt,
    counts,
    hold: held && holdReason !== null && holdBy !== null && holdAt !== null ? { reason: holdReason, byName: holdBy, at: holdAt } : null,
    holdId,
    erased:
      erasedAt === null || erasedRule === null
        ? null
        : {
            at: erasedAt,
            byName: erasedBy ?? '',
            rule: erasedRule,
            reason: erasedReason ?? '',
            policyVersion: erasedPolicy ?? 0,
            retentionDays: erasedDays ?? 0,
          },
  };
}
