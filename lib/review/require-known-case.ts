import { db } from '@/lib/db/client';
import { requireCase } from './require-case';

/** Throws the Refusal `not-found` for a case nobody knows, as `requireCase`, but asks the upstream only where the index has no record. */
export async function requireKnownCase(verificationId: number): Promise<void> {
  const indexed = await db().record.count({ where: { verificationId: BigInt(verificationId) } });
  if (indexed === 0) await requireCase(verificationId);
}
