import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { caseOfFile, subjectOfFile } from './case-of-file';
import { onCase } from './on-case';

/**
 * Keeps the hex sha256 and size in bytes of an evidence file whose bytes passed through whole, unless it was last seen with the
 * same bytes. Other bytes than the time before are drift: that is kept, recorded, and becomes a finding of the case in the index.
 * Readers of one file at the same moment wait for each other here, so that it is noticed once. Of a case that was erased nothing is kept.
 */
export async function recordEvidenceHash(name: string, sha256: string, size: number): Promise<void> {
  const known = await lastSeen(name);
  if (known === sha256) return;
  const id = caseOfFile(name);
  const keep = async (tx: Prisma.TransactionClient, isErased = false) => {
    if (isErased) return;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 7335652414))`;
    const before = await lastSeen(name, tx);
    if (before === sha256) return;
    await tx.evidenceHash.create({ data: { name, sha256, size: BigInt(size) } });
    if (before === null) return;
    const data = { name, beforeSha256: before, afterSha256: sha256 };
    const drift = id === null ? null : await tx.evidenceDrift.create({ data: { verificationId: BigInt(id), ...data } });
    await appendAuditEvent(
      tx,
      SYSTEM_ACTOR,
      { action: 'evidence.changed', subject: subjectOfFile(name), data: { file: name, beforeSha256: before, afterSha256: sha256 } },
      drift ? [{ table: 'evidence_drift', id: drift.id }] : [],
    );
  };
  await (id === null ? db().$transaction((tx) => keep(tx)) : onCase(id, keep, { erasedToo: true }));
}

type Reader = Pick<ReturnType<typeof db>, 'evidenceHash'>;

async function lastSeen(name: string, tx: Reader = db()): Promise<string | null> {
  const row = await tx.evidenceHash.findFirst({ where: { name }, orderBy: { id: 'desc' }, select: { sha256: true } });
  return row?.sha256 ?? null;
}
