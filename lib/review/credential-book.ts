import { z } from 'zod';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { CredentialBook } from '@/lib/domain/second-person';

const change = z.object({
  userId: z.string(),
  kind: z.enum(['PASSWORD', 'SUBJECT', 'EMAIL']),
  way: z.enum(['GIVEN', 'OWN', 'SETUP', 'PROVIDER', 'UNKNOWN']),
  byId: z.string().nullable(),
  unagreed: z.boolean(),
  at: z.date().transform((date) => date.getTime()),
});

/**
 * Reads what `secondPersonRefusal` needs to know about these accounts: their credential changes, and those of everyone who gave them
 * credentials, however many administrators that leads through.
 */
export async function credentialBook(userIds: readonly string[], tx: Prisma.TransactionClient = db()): Promise<CredentialBook> {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE known(id) AS (
      SELECT unnest(${[...new Set(userIds)]}::uuid[])
      UNION
      SELECT e.by_id FROM known JOIN console.credential_event e ON e.user_id = known.id WHERE e.way = 'GIVEN' AND e.by_id IS NOT NULL
    )
    SELECT e.user_id::text AS "userId", e.kind, e.way, e.by_id::text AS "byId", e.unagreed IS NOT NULL AS unagreed, e.at
    FROM known JOIN console.credential_event e ON e.user_id = known.id ORDER BY e.id`;
  const changes = change.array().parse(rows);
  const ids = new Set([...userIds, ...changes.flatMap(({ byId }) => (byId === null ? [] : [byId]))]);
  const people = await tx.user.findMany({ where: { id: { in: [...ids] } }, select: { id: true, email: true, oidcSubject: true } });
  const unexplained = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM unnest(${[...new Set(userIds)]}::uuid[]) AS id WHERE console.password_is_unexplained(id)`;
  return { changes, unexplained: new Set(unexplained.map(({ id }) => id)), people: new Map(people.map((person) => [person.id, person])) };
}
