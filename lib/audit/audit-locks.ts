import type { Prisma } from '@/lib/db/generated/client';

const SIGNING = 7335652416n;
/** The same number as in `console.audit_event_continues_the_chain`. */
const APPENDING = 7335652411n;

/** Waits until no other process signs a head; held until the transaction ends. */
export async function signingLock(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SIGNING})`;
}

/** Waits until no other transaction appends an event; held until the transaction ends. */
export async function appendLock(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${APPENDING})`;
}
