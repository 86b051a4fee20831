import { createHash } from 'node:crypto';
import type { BoundRow } from '@/lib/audit/bound-rows';
import type { Prisma } from '@/lib/db/generated/client';
import { type Actor, isProgram } from '@/lib/domain/actor';
import type { CredentialChange } from '@/lib/domain/second-person';

export interface NewCredential {
  userId: string;
  kind: 'PASSWORD' | 'SUBJECT';
  way: CredentialChange['way'];
  /** Who knows the credential because they set it; a program when their role is `system`. */
  by: Pick<Actor, 'id' | 'role'>;
  /** The hash of the password; null for what is no password. */
  stored: string | null;
  /** Set without anybody's agreement, as nobody else could give it: with the account, or later. */
  unagreed?: 'ADDED' | 'RESET' | null;
}

/**
 * Records who set what opens an account, within the transaction that sets it. Returns the row, which the event of that transaction has to
 * bind. A change that is not recorded here is recorded by the database, with an event of its own, as given by nobody known: a password
 * set past the program has to be changed as well.
 */
export async function recordCredential(
  tx: Prisma.TransactionClient,
  { userId, kind, way, by, stored, unagreed = null }: NewCredential,
): Promise<BoundRow> {
  const byId = isProgram(by.role) || way === 'UNKNOWN' ? null : by.id;
  const mark = stored === null ? null : passwordMark(stored);
  const { id } = await tx.credentialEvent.create({ data: { userId, kind, way, byId, mark, unagreed } });
  return { table: 'credential_event', id };
}

/** Resolves to true when the account's password was given by somebody else and has not been changed since. */
export async function mustChangePassword(tx: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ must: boolean }[]>`SELECT console.must_change_password(${userId}::uuid) AS must`;
  return row?.must ?? false;
}

/** Resolves to true when the newest record of the account's password is not of the password it has: it was overwritten past the program. */
export async function passwordIsUnexplained(tx: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ unexplained: boolean }[]>`SELECT console.password_is_unexplained(${userId}::uuid) AS unexplained`;
  return row?.unexplained ?? true;
}

/** Returns a short text that changes with the password of an account and says nothing about it; `console.password_mark` is the same in SQL. */
export function passwordMark(stored: string | null): string {
  return createHash('sha256')
    .update(stored ?? '')
    .digest('hex')
    .slice(0, 16);
}
