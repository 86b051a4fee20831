import type { BoundRow } from '@/lib/audit/bound-rows';
import type { Prisma } from '@/lib/db/generated/client';
import { filesInIndex } from './files-in-index';

/** A lost file that the record names by now, or no longer names, and the row that says so. */
export interface ReviewedLoss {
  file: string;
  named: boolean;
  rows: BoundRow[];
}

/** Returns a function that says whether a case's record names a file; every file while the index does not hold the record. */
export async function namedByRecord(tx: Prisma.TransactionClient, verificationId: number): Promise<(name: string) => boolean> {
  const names = (await filesInIndex(tx, verificationId)).flatMap(({ name }) => name ?? []);
  return (name) => names.length === 0 || names.includes(name);
}

/**
 * Makes `file-missing` a finding of a case while a file that its record names is lost, and takes it back when none is. A file that a
 * replaced record no longer names counts no more: returns what was written about such files, for their events.
 */
export async function settleLostFiles(tx: Prisma.TransactionClient, verificationId: number): Promise<ReviewedLoss[]> {
  const id = BigInt(verificationId);
  const losses = await tx.evidenceLoss.findMany({ where: { verificationId: id }, orderBy: { id: 'desc' }, distinct: ['name'] });
  const isNamed = await namedByRecord(tx, verificationId);
  const lost = losses.filter((row) => row.lost);
  const reviewed: ReviewedLoss[] = [];
  for (const { name, problem } of lost.filter((row) => row.named !== isNamed(row.name))) {
    const named = isNamed(name);
    const row = await tx.evidenceLoss.create({ data: { verificationId: id, name, lost: true, named, problem } });
    reviewed.push({ file: name, named, rows: [{ table: 'evidence_loss', id: row.id }] });
  }
  if (lost.some(({ name }) => isNamed(name))) await tx.$executeRaw`SELECT console.notice_finding(${id}, 'file-missing')`;
  else await tx.$executeRaw`SELECT console.withdraw_finding(${id}, 'file-missing')`;
  return reviewed;
}
