import { db } from '@/lib/db/client';
import type { Verification } from '@/lib/domain/verification';
import { adaptVerification } from '@/lib/upstream/adapt';

/** Returns the newest records of the index, at most `limit`, newest first. */
export async function newestRecords(limit: number): Promise<Verification[]> {
  const rows = await db().record.findMany({
    where: { upstreamMissingAt: null },
    orderBy: { verificationId: 'desc' },
    take: limit,
    select: { raw: true },
  });
  return rows.map(({ raw }) => adaptVerification(JSON.parse(raw)));
}
