import type { Prisma } from '@/lib/db/generated/client';

/**
 * Lets a write about many cases begin before an erasure or after it, never during one: what was written before is seen by the erasure,
 * and what begins after sees what the erasure left. Held until the transaction ends. `console.record_reading` does the same.
 */
export async function besideErasures(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT console.beside_erasures()`;
}

/** Waits until no write about many cases is under way, and keeps others from beginning until the transaction ends. */
export async function withoutWritesBeside(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT console.without_writes_beside()`;
}
