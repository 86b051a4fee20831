import { db } from '@/lib/db/client';

/**
 * Keeps the hex sha256 and size in bytes of an evidence file whose bytes passed through whole, unless it was last seen with the
 * same bytes. Two readers at the same moment may write it twice, which says nothing false.
 */
export async function recordEvidenceHash(name: string, sha256: string, size: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO console.evidence_hash (name, sha256, size)
    SELECT ${name}, ${sha256}, ${BigInt(size)}
    WHERE ${sha256} IS DISTINCT FROM (SELECT seen.sha256 FROM console.evidence_hash seen WHERE seen.name = ${name} ORDER BY seen.id DESC LIMIT 1)`;
}
