import type { BoundRow } from '@/lib/audit/bound-rows';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { CredentialChange } from '@/lib/domain/second-person';

export interface NewCredential {
  userId: string;
  kind: 'PASSWORD' | 'SUBJECT';
  way: CredentialChange['way'];
  /** Who knows the credential because they set it; a program when their role is `system`. */
  by: Pick<Actor, 'id' | 'role'>;
}

/**
 * Records who set what opens an account, within the transaction that sets it. Returns the row, which the event of that transaction has to
 * bind. A change that is not recorded here is recorded by the database, with an event of its own, as given by nobody known: a password
 * set past the program has to be changed as well.
 */
export async function recordCredential(tx: Prisma.TransactionClient, { userId, kind, way, by }: NewCredential): Promise<BoundRow> {
  const { id } = await tx.credentialEvent.create({ data: { userId, kind, way, byId: by.role === 'system' ? null : by.id } });
  return { table: 'credential_event', id };
}

/** Resolves to true when the account's password was given by somebody else and has not been changed since. */
export async function mustChangePassword(tx: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ must: boolean }[]>`SELECT console.must_change_password(${userId}::uuid) AS must`;
  return row?.must ?? false;
}
