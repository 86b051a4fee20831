import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { Refusal } from '@/lib/domain/refusal';
import { newestSignedNumber } from './newest-signed-number';

/** How long a confirmation counts. A restored database brings the one of its backup along, which is older in all but the rarest case. */
const LASTS_MS = 600_000;
/** Why a console without the folder of the signed heads records nothing, as sentences without personal data. */
export const UNCONFIRMED =
  'This console does not hold the folder of the signed heads, and no process that holds it has confirmed the database for ten minutes. Check that the jobs run, or give this console the folder (AUDIT_CHECKPOINT_DIR).';

/** How long this process remembers that nothing was ever signed. */
const REMEMBERED_MS = 5_000;

let unsignedUntil = 0;

/**
 * Returns whether this process may record in the database: it holds signed heads itself and compares them at every append, none was ever
 * signed, or a process that holds them confirmed the database within ten minutes.
 */
export async function isConfirmed(tx: Prisma.TransactionClient = db()): Promise<boolean> {
  if (newestSignedNumber() > 0) {
    unsignedUntil = 0;
    return true;
  }
  if (Date.now() < unsignedUntil) return true;
  const [row] = await tx.$queryRaw<{ signed: boolean; confirmed: boolean }[]>`
    SELECT EXISTS (SELECT FROM console.checkpoint) AS signed,
      coalesce(s.confirmed_at > clock_timestamp() - make_interval(secs => ${LASTS_MS / 1000}::float8), false) AS confirmed
    FROM console.audit_log_state AS s WHERE s.id = 1`;
  if (row && !row.signed) unsignedUntil = Date.now() + REMEMBERED_MS;
  return row !== undefined && (!row.signed || row.confirmed);
}

/** Throws a Refusal `log-closed` where `isConfirmed` is false. Costs nothing in a process that holds signed heads. */
export async function requireConfirmed(tx?: Prisma.TransactionClient): Promise<void> {
  if (!(await isConfirmed(tx)))
    throw new Refusal('log-closed', `Nothing can be recorded, and what you typed is not stored. ${UNCONFIRMED}`);
}

/** Notes that the database leads to the newest signed head. For a process that holds the heads and just compared them. */
export async function confirmDatabase(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`UPDATE console.audit_log_state SET confirmed_at = clock_timestamp() WHERE id = 1`;
}
