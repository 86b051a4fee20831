import type { Prisma } from '@/lib/db/generated/client';
import { filesInIndex } from './files-in-index';

/**
 * Makes `file-missing` a finding of a case while the last check of any of its files found it lost, and takes it back when none did. A
 * file that a replaced record no longer names counts no more.
 */
export async function settleLostFiles(tx: Prisma.TransactionClient, verificationId: number): Promise<void> {
  const id = BigInt(verificationId);
  const rows = await tx.$queryRaw<{ name: string; result: string }[]>`
    SELECT DISTINCT ON (c.name) c.name, c.result FROM console.evidence_check AS c
    WHERE c.verification_id = ${id} AND c.result IN ('seen', 'foreign', 'lost') ORDER BY c.name, c.id DESC`;
  const names = (await filesInIndex(tx, verificationId)).flatMap(({ name }) => name ?? []);
  const lost = rows.some(({ name, result }) => result !== 'seen' && (names.length === 0 || names.includes(name)));
  if (lost) await tx.$executeRaw`SELECT console.notice_finding(${id}, 'file-missing')`;
  else await tx.$executeRaw`SELECT console.withdraw_finding(${id}, 'file-missing')`;
}
