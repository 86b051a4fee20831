import { appendAuditEvent } from '@/lib/audit/append';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { onCase } from './on-case';
import { requireReviewer } from './require-reviewer';

/** Gives the actor's own claim back. Without one nothing happens, so that leaving a page twice does no harm. */
export async function releaseClaim(actor: Actor, verificationId: number, { batchId }: { batchId?: string } = {}): Promise<void> {
  requireReviewer(actor, 'queue.draw');
  const release = async (tx: Prisma.TransactionClient) => {
    const { count } = await tx.claim.deleteMany({
      where: { verificationId: BigInt(verificationId), holderId: actor.id, expiresAt: { gt: new Date() } },
    });
    if (count === 0) return;
    await appendAuditEvent(tx, actor, {
      action: 'claim.released',
      subject: `verification:${verificationId}`,
      data: batchId ? { batchId } : {},
    });
  };
  await onCase(verificationId, release, { erasedToo: true });
}
