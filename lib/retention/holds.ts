import { z } from 'zod';
import { db } from '@/lib/db/client';

/** A case under legal hold. */
export interface Hold {
  verificationId: number;
  reason: string;
  byName: string;
  /** Milliseconds since 1970. */
  at: number;
}

const row = z.object({
  verificationId: z.coerce.number().int(),
  reason: z.string(),
  byName: z.string(),
  at: z.date().transform((at) => at.getTime()),
});

/** The cases under legal hold, newest hold first, at most `limit`. */
export async function heldCases(limit = 500): Promise<Hold[]> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT h.verification_id AS "verificationId", h.reason, h.by_name AS "byName", h.at FROM console.legal_hold h
    WHERE h.held AND NOT EXISTS (SELECT FROM console.legal_hold l WHERE l.verification_id = h.verification_id AND l.id > h.id)
    ORDER BY h.id DESC LIMIT ${limit}`;
  return row.array().parse(rows);
}
