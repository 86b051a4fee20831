import type { Actor } from '@/lib/domain/actor';
import type { ReviewSummary } from '@/lib/domain/review';
import { actOnCase, authorOf } from './act-on-case';

/** Passes a case on: it is not offered to this reviewer again, and her claim ends. Throws as `actOnCase`. */
export function skipCase(actor: Actor, verificationId: number, reason: string): Promise<ReviewSummary> {
  return actOnCase(actor, verificationId, {
    permission: 'queue.draw',
    action: 'skip',
    write: async (tx) => {
      const row = { verificationId: BigInt(verificationId) };
      const { id } = await tx.skip.create({ data: { ...row, ...authorOf(actor), reason } });
      await tx.claim.deleteMany({ where: { ...row, holderId: actor.id } });
      return {
        event: { action: 'case.skipped', subject: `verification:${verificationId}`, data: { reason } },
        row: { table: 'skip', id },
      };
    },
  });
}
