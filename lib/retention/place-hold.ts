import { appendAuditEvent } from '@/lib/audit/append';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { groundsOf } from '@/lib/domain/audit-kinds/grounds';
import { type ChangeAuthority, requireAgreedChange } from '@/lib/domain/change/agreed-change';
import { Refusal } from '@/lib/domain/refusal';
import type { HoldInput } from '@/lib/domain/retention';
import { onCase } from '@/lib/review/on-case';
import { requireKnownCase } from '@/lib/review/require-known-case';
import { requireReviewer } from '@/lib/review/require-reviewer';
import { requireTyped } from './erase-cases';
import { retentionFacts } from './retention-facts';

/** What was held or let go, and what was not, and why. */
export interface HoldResult {
  changed: number[];
  refused: { id: number; message: string }[];
}

/** The change a second person agreed to, and the numbers of the holds it lifts. */
export interface LiftAuthority extends ChangeAuthority {
  holds: readonly number[];
}

/**
 * Puts cases under legal hold, or lifts it: while it lasts nothing of them is erased, by nobody. Each case is an act of its own.
 * `under` is the change a second person agreed to, without which no hold is lifted, and with it only those it names. Throws a Refusal `forbidden` or `unprocessable`.
 */
export async function placeHold(
  actor: Actor,
  { ids, held, reason, confirm }: HoldInput,
  under: LiftAuthority | null = null,
): Promise<HoldResult> {
  requireReviewer(actor, 'retention.manage');
  const asked = [...new Set(ids)];
  requireTyped(confirm, asked.length);
  if (!held) requireAgreedChange(actor, { kind: 'HOLD_LIFT', ids: asked, holds: [] }, under);
  const result: HoldResult = { changed: [], refused: [] };
  for (const id of asked) {
    const obstacle = await holdOne(actor, id, { held, reason }, under).catch((failure: unknown) => {
      if (failure instanceof Refusal) return failure.message;
      throw failure;
    });
    if (obstacle === null) result.changed.push(id);
    else result.refused.push({ id, message: obstacle });
  }
  return result;
}

async function holdOne(
  actor: Actor,
  id: number,
  { held, reason }: Pick<HoldInput, 'held' | 'reason'>,
  under: LiftAuthority | null,
): Promise<string | null> {
  await requireKnownCase(id);
  const write = async (tx: Prisma.TransactionClient) => {
    const [facts] = await retentionFacts([id], tx);
    const isHeld = facts?.hold != null;
    if (isHeld === held) return held ? 'It is under legal hold already.' : 'It is not under legal hold.';
    if (under && facts?.holdId != null && !under.holds.includes(facts.holdId))
      return 'It is under another legal hold than was proposed to lift.';
    const hold = await tx.legalHold.create({
      data: { verificationId: BigInt(id), held, reason, byId: actor.id, byName: actor.name, changeId: under?.changeId ?? null },
    });
    await appendAuditEvent(
      tx,
      actor,
      { action: held ? 'hold.placed' : 'hold.lifted', subject: `verification:${id}`, data: { reason, ...groundsOf(actor, under) } },
      [{ table: 'legal_hold', id: hold.id }],
    );
    return null;
  };
  // Of an erased case nothing is left to keep, and no erasure would take the reason away again.
  return onCase(id, write);
}
