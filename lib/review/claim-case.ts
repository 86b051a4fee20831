import { appendAuditEvent } from '@/lib/audit/append';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import type { Claim } from '@/lib/domain/review';
import { caseFacts } from './case-facts';
import { heldBy } from './held-by';
import { onCase } from './on-case';
import { currentPolicy } from './policies';
import { refreshQuietly } from './refresh-quietly';
import { requireKnownCase } from './require-known-case';
import { requireReviewer } from './require-reviewer';
import { storedClaim } from './rows';

export interface ClaimOptions {
  /** Claiming in bulk: its batch is named in the event, and the upstream is not asked for each record. */
  batchId?: string;
  /** The browser tab that shows the case; the claim lasts at least until it is closed or the claim expires. */
  tab?: string | null;
}

/**
 * Claims a case for as long as the policy says, or extends the actor's own claim, which keeps its beginning. A new claim takes
 * the upstream's record over as it is now. Throws a Refusal `forbidden`, `claimed`, `not-found` for a case nobody knows, or `conflict`
 * for one that was erased.
 */
export async function claimCase(actor: Actor, verificationId: number, { batchId, tab = null }: ClaimOptions = {}): Promise<Claim> {
  requireReviewer(actor, 'queue.draw');
  const held = await onCase(verificationId, (tx) => extend(tx, actor, verificationId, tab));
  if (held) return held;
  await (batchId === undefined ? refreshQuietly(verificationId) : requireKnownCase(verificationId));
  return onCase(verificationId, async (tx) => {
    const claim = await insertClaim(tx, actor, verificationId, tab);
    if (!claim) {
      const { claim: other } = await caseFacts(verificationId, tx);
      // The same person, in another tab, at the same moment.
      if (other?.holderId === actor.id) return (await extend(tx, actor, verificationId, tab)) ?? other;
      throw other ? heldBy(other) : new Refusal('conflict', 'Somebody was quicker. Try again.');
    }
    await appendAuditEvent(tx, actor, {
      action: 'claim.taken',
      subject: `verification:${verificationId}`,
      data: { expiresAt: claim.expiresAt, fromQueue: false, ...(batchId && { batchId }) },
    });
    return claim;
  });
}

/**
 * Inserts the actor's claim unless one lasts, be it their own, or the case was erased; null then. An expired claim is overwritten, its
 * tabs included.
 */
export async function insertClaim(
  tx: Prisma.TransactionClient,
  actor: Actor,
  verificationId: number,
  tab: string | null = null,
): Promise<Claim | null> {
  const { settings } = await currentPolicy(tx);
  const tabs = tab === null ? [] : [tab];
  const rows = await tx.$queryRaw<unknown[]>`
    INSERT INTO console.claim (verification_id, holder_id, holder_name, expires_at, tabs)
    SELECT ${BigInt(verificationId)}, ${actor.id}::uuid, ${actor.name}, now() + make_interval(mins => ${settings.claimMinutes}::int), ${tabs}::text[]
    WHERE NOT EXISTS (SELECT FROM console.erasure WHERE verification_id = ${BigInt(verificationId)})
    ON CONFLICT (verification_id) DO UPDATE SET
      holder_id = excluded.holder_id, holder_name = excluded.holder_name, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at,
      tabs = excluded.tabs
      WHERE claim.expires_at <= now()
    RETURNING holder_id AS "holderId", holder_name AS "holderName", claimed_at AS "claimedAt", expires_at AS "expiresAt"`;
  return rows[0] === undefined ? null : storedClaim.parse(rows[0]);
}

/** More tabs than anybody opens; what comes after them is not counted. */
const TABS_MAX = 50;

// The claim goes on from where it was: no event, for nothing changed hands.
async function extend(tx: Prisma.TransactionClient, actor: Actor, verificationId: number, tab: string | null): Promise<Claim | null> {
  const { settings } = await currentPolicy(tx);
  const rows = await tx.$queryRaw<unknown[]>`
    UPDATE console.claim SET
      expires_at = now() + make_interval(mins => ${settings.claimMinutes}::int),
      tabs = CASE WHEN ${tab}::text IS NULL OR ${tab} = ANY(tabs) OR cardinality(tabs) >= ${TABS_MAX} THEN tabs ELSE tabs || ${tab}::text END
    WHERE verification_id = ${BigInt(verificationId)} AND holder_id = ${actor.id}::uuid AND expires_at > now()
    RETURNING holder_id AS "holderId", holder_name AS "holderName", claimed_at AS "claimedAt", expires_at AS "expiresAt"`;
  return rows[0] === undefined ? null : storedClaim.parse(rows[0]);
}
