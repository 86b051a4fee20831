import type { Prisma } from '@/lib/db/generated/client';

/** Lets one transaction at a time change a case; the lock goes with the transaction. For rules that look at several of its rows. */
export async function lockCase(tx: Prisma.TransactionClient, verificationId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('second-look/case', ${BigInt(verificationId)}))`;
}
