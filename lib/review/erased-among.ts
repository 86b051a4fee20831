import { db } from '@/lib/db/client';

/** A case whose words were erased, and when last, milliseconds since 1970. */
export interface ErasedCase {
  id: number;
  at: number;
}

/** Returns those of these cases that were erased. */
export async function erasedAmong(ids: readonly number[]): Promise<ErasedCase[]> {
  if (ids.length === 0) return [];
  const where = { verificationId: { in: ids.map(BigInt) } };
  const rows = await db().erasure.groupBy({ by: ['verificationId'], where, _max: { at: true } });
  return rows.map(({ verificationId, _max }) => ({ id: Number(verificationId), at: _max.at?.getTime() ?? Date.now() }));
}
