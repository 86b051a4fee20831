import { appendAuditEvent } from '@/lib/audit/append';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { type Claim, liveClaim } from '@/lib/domain/review';
import { caseFacts } from './case-facts';
import { insertClaim } from './claim-case';
import { onCase } from './on-case';
import { requireReviewer } from './require-reviewer';

/** A manager takes a case from whoever holds it. Throws a Refusal `forbidden`, or `conflict` when nobody else does. */
export async function takeOverClaim(actor: Actor, verificationId: number, tab: string | null = null): Promise<Claim> {
  requireReviewer(actor, 'cases.assign');
  return onCase(verificationId, async (tx) => {
    const before = liveClaim(await caseFacts(verificationId, tx), Date.now());
    if (!before || before.holderId === actor.id) throw new Refusal('conflict', 'Nobody else holds this case. Claim it.');
    await tx.claim.delete({ where: { verificationId: BigInt(verificationId) } });
    const claim = await insertClaim(tx, actor, verificationId, tab);
    if (!claim) throw new Refusal('conflict', 'Somebody was quicker. Try again.');
    await appendAuditEvent(tx, actor, {
      action: 'claim.taken-over',
      subject: `verification:${verificationId}`,
      data: { fromId: before.holderId, fromName: before.holderName },
    });
    return claim;
  });
}
