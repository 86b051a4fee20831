import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { Refusal } from '@/lib/domain/refusal';

/** How a write treats a case that was erased. Nothing that names a person or their files may be written about one any more. */
interface CaseWriting {
  /** Runs `work` all the same, which is given whether the case was erased: for what has to end or be recorded after an erasure too. */
  erasedToo?: boolean;
}

/**
 * Runs a write on a case in a transaction of its own that holds the case: writes on one case happen one after the other, and none of
 * them misses an erasure. Every write on a case goes through here; tests/house.test.ts lists the transactions that are none. Throws a
 * Refusal `conflict` for a case that was erased, also when that happened while this write waited.
 *
 * Locks are taken in this order, so that no two transactions wait for each other: the case (one only, never two), the lock of exports
 * and erasures, the file, the case's row in the index, its claim, a remembered answer, and last the end of the audit log. What finds the
 * row of the index first, as the draw of the next case does, must not wait for the case: console.try_lock_case.
 */
export function onCase<Result>(
  verificationId: number,
  work: (tx: Prisma.TransactionClient, isErased: boolean) => Promise<Result>,
  { erasedToo = false }: CaseWriting = {},
): Promise<Result> {
  return db().$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ erased: boolean }[]>`SELECT console.lock_case(${BigInt(verificationId)}::bigint) AS erased`;
    const isErased = row?.erased ?? false;
    if (isErased && !erasedToo)
      throw new Refusal('conflict', 'This case was erased, so nothing more can be recorded on it. Open another case.');
    return work(tx, isErased);
  });
}
