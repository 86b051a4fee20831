import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { requireReviewer } from './require-reviewer';

/** Gives the actor's own claim back. Without one nothing happens, so that leaving a page twice does no harm. */
export async function releaseClaim(actor: Actor, verificationId: number, { batchId }: { batchId?: string } = {}): Promise<void> {
  requireReviewer(actor, 'queue.draw');
  await db().$transaction(async (tx) => {
    const { count } = await tx.claim.deleteMany({
      where: { verificationId: BigInt(verificationId), holderId: actor.id, expiresAt: { gt: new Date() } },
    });
    if (count === 0) return;
    await appendAuditEvent(tx, actor, {
      action: 'claim.released',
      subject: `verification:${verificationId}`,
      data: batchId ? { batchId } : {},
    });
  });
}
