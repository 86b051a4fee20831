import { db } from './client';
import type { Prisma } from './generated/client';

/** Runs work in the caller's transaction, or in one of its own where there is none. */
export function within<Result>(
  tx: Prisma.TransactionClient | undefined,
  work: (tx: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  return tx ? work(tx) : db().$transaction(work);
}
