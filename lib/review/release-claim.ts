import { appendAuditEvent } from '@/lib/audit/append';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { onCase } from './on-case';
import { requireReviewer } from './require-reviewer';

export interface ReleaseOptions {
  batchId?: string;
  /** The tab that was closed: the claim stays while the actor has the case open in another one. Null gives it back for all tabs. */
  tab?: string | null;
}

/** Gives the actor's own claim back. Without one nothing happens, so that leaving a page twice does no harm. */
export async function releaseClaim(actor: Actor, verificationId: number, { batchId, tab = null }: ReleaseOptions = {}): Promise<void> {
  requireReviewer(actor, 'queue.draw');
  const id = BigInt(verificationId);
  const release = async (tx: Prisma.TransactionClient) => {
    // The row is locked by the first statement, so that of two tabs closed at once the later one sees that it is the last.
    if (tab !== null)
      await tx.$executeRaw`
        UPDATE console.claim SET tabs = array_remove(tabs, ${tab}) WHERE verification_id = ${id} AND holder_id = ${actor.id}::uuid`;
    const count = await tx.$executeRaw`
      DELETE FROM console.claim WHERE verification_id = ${id} AND holder_id = ${actor.id}::uuid AND expires_at > now()
        AND (${tab}::text IS NULL OR tabs = '{}')`;
    if (count === 0) return;
    await appendAuditEvent(tx, actor, {
      action: 'claim.released',
      subject: `verification:${verificationId}`,
      data: batchId ? { batchId } : {},
    });
  };
  await onCase(verificationId, release, { erasedToo: true });
}
