import type { Prisma } from '@/lib/db/generated/client';
import type { EvidenceShown } from '@/lib/domain/evidence-shown';
import { Refusal } from '@/lib/domain/refusal';
import { differencesBetween } from './record-change';

/** The record a verdict is made on. */
interface JudgedRecord {
  verificationId: number | bigint;
  snapshotHash: string;
}

/**
 * Throws a Refusal `record-changed` unless the reviewer was shown this very record, with the differences in `details.differences` (null when
 * the record they were shown is not kept here), or `unprocessable` when they do not name the record they were shown.
 */
export async function requireShownRecord(
  tx: Prisma.TransactionClient,
  { verificationId, snapshotHash }: JudgedRecord,
  shown: EvidenceShown | undefined,
): Promise<void> {
  if (shown?.record === undefined)
    throw new Refusal(
      'unprocessable',
      'Name the record you were shown: its fingerprint in `shown.record`, null when the page had no record.',
      { field: 'shown' },
    );
  if (shown.record === snapshotHash) return;
  const [before, after] = await Promise.all([
    shown.record === null ? null : rawOf(tx, verificationId, shown.record),
    rawOf(tx, verificationId, snapshotHash),
  ]);
  const differences = after === null ? null : differencesBetween(before, after);
  throw new Refusal('record-changed', SENTENCE, { details: { gone: false, differences } });
}

const SENTENCE =
  'The verification service replaced the record after it was shown to you. Nothing was recorded. Compare the present record, then send your verdict again.';

async function rawOf(tx: Prisma.TransactionClient, verificationId: number | bigint, snapshotHash: string): Promise<string | null> {
  const where = { verificationId, snapshotHash };
  const select = { raw: true };
  const kept =
    (await tx.record.findFirst({ where, select })) ??
    (await tx.recordVersion.findFirst({ where, orderBy: { replacedAt: 'desc' }, select }));
  return kept?.raw ?? null;
}
