import type { Prisma } from '@/lib/db/generated/client';
import type { FileClaim } from '@/lib/domain/evidence-claim';
import type { EvidenceFile, Verification } from '@/lib/domain/verification';
import { adaptFiles } from '@/lib/upstream/adapt-files';
import { member } from '@/lib/upstream/read-value';

/** Returns what a record says about its files, those without a name left out. Pure. */
export function claimsOf({ id, files }: Pick<Verification, 'id' | 'files'>): (FileClaim & { verificationId: number })[] {
  return files.flatMap(({ name, size, contentType }) =>
    name === null ? [] : [{ name, verificationId: id, isKnown: true, size, contentType }],
  );
}

/** Returns what the index knows of a record's files; empty when it does not hold the record, or holds it erased. */
export async function filesInIndex(tx: Prisma.TransactionClient, verificationId: number): Promise<EvidenceFile[]> {
  const row = await tx.record.findUnique({ where: { verificationId: BigInt(verificationId) }, select: { raw: true } });
  return row ? adaptFiles(member(JSON.parse(row.raw), 'files')) : [];
}
