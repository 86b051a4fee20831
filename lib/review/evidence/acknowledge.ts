import { appendAuditEvent } from '@/lib/audit/append';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { AcknowledgementInput } from '@/lib/domain/evidence-shown';
import { canAcknowledge, type EvidenceState, unacknowledged } from '@/lib/domain/evidence-state';
import { Refusal } from '@/lib/domain/refusal';
import { subjectOfCase } from '../case-of-file';
import { onCase } from '../on-case';
import { requireReviewer } from '../require-reviewer';
import { checkFiles } from './check-files';
import { filesOfCase } from './claims';
import { claimsOf } from './files-in-index';
import { evidenceStatesOf } from './states-of';

const PATIENCE_MS = 10_000;

/**
 * Acknowledges that a file of a case held other bytes for a time. The file is read again first: only while it holds its original bytes
 * can it be acknowledged. The finding is withdrawn when nothing of the case is left open; what happened stays told. Throws a Refusal
 * `forbidden`, `not-found` for a file the record does not name, or `conflict` when there is nothing to acknowledge (yet).
 */
export async function acknowledgeDifference(
  actor: Actor,
  verificationId: number,
  { file, reason }: AcknowledgementInput,
): Promise<EvidenceState> {
  requireReviewer(actor, 'decisions.write');
  const claims = claimsOf({ id: verificationId, files: await filesOfCase(verificationId) });
  const claim = claims.find(({ name }) => name === file);
  if (!claim) throw new Refusal('not-found', 'The record names no such file. Reload the case and try again.', { field: 'file' });
  await checkFiles(actor, [claim], PATIENCE_MS, { since: Date.now() });
  return onCase(verificationId, async (tx) => {
    const [state] = await evidenceStatesOf([file], tx);
    if (!state || !canAcknowledge(state)) throw new Refusal('conflict', whyNot(state));
    const { _max: newest } = await tx.evidenceHash.aggregate({ where: { name: file }, _max: { id: true } });
    const row = { verificationId: BigInt(verificationId), name: file, upTo: newest.id ?? 0n, reason, byId: actor.id, byName: actor.name };
    const names = claims.map(({ name }) => name);
    const settledDrift = await settleDifferences(tx, { verificationId, names, file });
    const { id } = await tx.evidenceAcknowledgement.create({ data: { ...row, settledDrift } });
    const otherSha256 = [...new Set(unacknowledged(state).map(({ sha256 }) => sha256))];
    await appendAuditEvent(
      tx,
      actor,
      {
        action: 'evidence.acknowledged',
        subject: subjectOfCase(verificationId),
        data: { file, reason, originalSha256: state.first?.sha256 ?? '', otherSha256 },
      },
      [{ table: 'evidence_acknowledgement', id }],
    );
    const [after] = await evidenceStatesOf([file], tx);
    return after ?? state;
  });
}

function whyNot(state: EvidenceState | undefined): string {
  if (state?.state === 'lost')
    return 'The file cannot be read right now. A difference can be acknowledged once its original bytes are seen again.';
  if (state?.state === 'differs')
    return 'The file still holds other bytes than when it was first seen. A difference can be acknowledged once its original bytes are seen again.';
  if (state?.state === 'same') return 'There is nothing to acknowledge: nobody left a difference of this file open.';
  return 'The file is still being read. Try again when its check has ended.';
}

// A file that a replaced record no longer names can never be read again, so it keeps no finding alive. Returns the newest difference of
// the case when nothing is left open once `file` is acknowledged, null when something is.
async function settleDifferences(
  tx: Prisma.TransactionClient,
  { verificationId, names, file }: { verificationId: number; names: string[]; file: string },
): Promise<bigint | null> {
  const others = await evidenceStatesOf(
    names.filter((name) => name !== file),
    tx,
  );
  if (others.some((state) => unacknowledged(state).length > 0)) return null;
  const { _max: newest } = await tx.evidenceDrift.aggregate({ where: { verificationId: BigInt(verificationId) }, _max: { id: true } });
  await tx.$executeRaw`SELECT console.withdraw_finding(${BigInt(verificationId)}, 'drift')`;
  return newest.id;
}
