import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { PersonMarks } from '@/lib/domain/person';

const row = z.object({
  verificationId: z.coerce.number().int(),
  id: z.string(),
  email: z.string().nullable(),
  oidcSubject: z.string().nullable(),
});

/**
 * Returns the people behind the decisions of each case: who proposed one and who approved or refused it, by the marks of their
 * accounts then and now. `console.is_behind_decision` repeats this for the database's own refusal.
 */
export async function decidersOf(ids: readonly number[], tx: Prisma.TransactionClient = db()): Promise<Map<number, PersonMarks[]>> {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH person AS (
      SELECT d.verification_id, d.proposer_id AS id, d.proposer_email AS email, d.proposer_subject AS subject FROM console.decision AS d
        WHERE d.verification_id = ANY(${ids.map(BigInt)}::bigint[])
      UNION
      SELECT a.verification_id, a.approver_id, a.approver_email, a.approver_subject FROM console.approval AS a
        WHERE a.verification_id = ANY(${ids.map(BigInt)}::bigint[])
    )
    SELECT verification_id AS "verificationId", id::text, email, subject AS "oidcSubject" FROM person
    UNION
    SELECT person.verification_id, account.id::text, account.email, account.oidc_subject
      FROM person JOIN console."user" AS account ON account.id = person.id`;
  const deciders = new Map<number, PersonMarks[]>();
  for (const { verificationId, id, email, oidcSubject } of row.array().parse(rows))
    deciders.set(verificationId, [...(deciders.get(verificationId) ?? []), { id, email: email ?? '', oidcSubject }]);
  return deciders;
}
