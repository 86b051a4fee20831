import type { Prisma } from '@/lib/db/generated/client';
import { Refusal } from '@/lib/domain/refusal';
import { UPSTREAM } from '@/lib/mirror/record-source';
import { refreshRecord } from '@/lib/mirror/refresh-record';
import type { UpstreamRecord } from '@/lib/upstream/get';

/**
 * Fetches the record as it is at this moment and takes it over into the index, so that both say the same about a decision made on it.
 * Asks even while the sync leaves a failing upstream alone. Throws a Refusal `not-found` or `upstream-*`.
 */
export function presentRecord(verificationId: number): Promise<UpstreamRecord> {
  return refreshRecord(verificationId, undefined, UPSTREAM);
}

/**
 * Brings the index up to date with the upstream before a decision is confirmed. A record that is gone is marked as such, for
 * `requireSameRecord` to refuse. Throws a Refusal `upstream-*`: what cannot be compared is not confirmed.
 */
export async function refreshBeforeAnswer(verificationId: number): Promise<void> {
  try {
    await presentRecord(verificationId);
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.code !== 'not-found') throw failure;
  }
}

/** What of a decision is compared with the present record. */
interface DecidedOn {
  verificationId: number | bigint;
  snapshotHash: string;
}

/** Throws a Refusal `record-changed`, whose sentence ends with `advice`, when the record is not the one the decision was made on. */
export async function requireSameRecord(tx: Prisma.TransactionClient, decision: DecidedOn, advice: string): Promise<void> {
  const record = await tx.record.findUnique({
    where: { verificationId: decision.verificationId },
    select: { snapshotHash: true, upstreamMissingAt: true, changedAt: true },
  });
  if (!record || (record.snapshotHash === decision.snapshotHash && record.upstreamMissingAt === null)) return;
  const gone = record.upstreamMissingAt !== null;
  const what = gone
    ? 'The verification service no longer has the record this decision was made on.'
    : 'The verification service replaced the record after this decision was made.';
  throw new Refusal('record-changed', `${what} Your answer was not recorded. ${advice}`, {
    details: { gone, changedAt: (record.upstreamMissingAt ?? record.changedAt).getTime() },
  });
}
