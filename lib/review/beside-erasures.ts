import type { Prisma } from '@/lib/db/generated/client';

/** Taken in common by what writes about many cases at once, and alone by whatever erases. */
const MANY_CASES_AND_ERASURE = 7335652417n;

/**
 * Lets a write about many cases begin before an erasure or after it, never during one: what was written before is seen by the erasure,
 * and what begins after sees what the erasure left. Held until the transaction ends.
 */
export async function besideErasures(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${MANY_CASES_AND_ERASURE})`;
}

/** Waits until no write about many cases is under way, and keeps others from beginning until the transaction ends. */
export async function withoutWritesBeside(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${MANY_CASES_AND_ERASURE})`;
}
