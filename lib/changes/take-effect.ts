import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { changeSentence } from '@/lib/domain/change/change-sentence';
import { Refusal } from '@/lib/domain/refusal';
import { ROLES } from '@/lib/domain/roles';
import { besideErasures } from '@/lib/review/beside-erasures';
import { type Applied, applySingle, applyToCases, isCaseChange } from './apply-change';
import { outdated } from './outdated';
import { findChange, lockChange, type StoredChange } from './stored-change';
import { waitsFor } from './waits-for';

/**
 * Puts a change into effect that a second reviewer agreed to, or that nobody else could agree to and whose time has passed; any other
 * is left as it is. It runs the very verb of the direct act, with the proposer as its actor. What no longer fits is written down as
 * lapsed. Safe to run twice, and by two processes at once.
 */
export async function takeEffect(id: string, now = Date.now()): Promise<StoredChange> {
  const stored = await findChange(db(), id);
  if (stored.effect || !(await standsAt(db(), stored, now))) return stored;
  await carryOut(stored, now);
  return findChange(db(), id);
}

async function carryOut(stored: StoredChange, now: number): Promise<void> {
  const actor = await proposerNow(stored);
  try {
    if (actor === null) throw new Refusal('forbidden', `${stored.proposerName} can no longer sign in, so the proposal is void.`);
    if (!isCaseChange(stored.change)) await effectInOne(actor, stored.id, now);
    else if (await begin(stored.id, now)) {
      const outcome = await applyToCases(actor, appliedOf({ ...stored, change: stored.change }));
      await settleNow(actor, stored.id, now, { tookEffect: true, outcome });
    }
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    await settleNow(actor ?? SYSTEM_ACTOR, stored.id, now, { tookEffect: false, outcome: failure.message });
  }
}

// Before its first case, so that nobody takes back what is half done.
function begin(id: string, now: number): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const stored = await lockedIfStands(tx, id, now);
    if (stored && !stored.began) await tx.changeStart.create({ data: { changeId: id } });
    return stored !== null;
  });
}

// What was true before the lock may not be any more: it may have been taken back, or its reason erased.
async function lockedIfStands(tx: Prisma.TransactionClient, id: string, now: number): Promise<StoredChange | null> {
  await lockChange(tx, id);
  const stored = await findChange(tx, id);
  return stored.effect === null && (await standsAt(tx, stored, now)) ? stored : null;
}

/** Returns how the changes are found that may take effect at a moment: agreed to, begun, or past their time without anybody to agree. */
export function dueAt(now: number): Prisma.ProposedChangeWhereInput {
  return {
    effect: null,
    OR: [
      { verdict: { verdict: 'AGREED' } },
      { verdict: null, start: { isNot: null } },
      { verdict: null, takesEffectAt: { lte: new Date(now) } },
    ],
  };
}

/** Puts every change into effect that may be; what fails does not keep the others from it. Throws the first fault. */
export async function takeEffectOfDue(now = Date.now()): Promise<number> {
  const waiting = await db().proposedChange.findMany({
    where: dueAt(now),
    select: { id: true },
    orderBy: { proposedAt: 'asc' },
  });
  const results = await Promise.allSettled(waiting.map(({ id }) => takeEffect(id, now)));
  const fault = results.find((result) => result.status === 'rejected');
  if (fault) throw fault.reason;
  return results.filter((result) => result.status === 'fulfilled' && result.value.effect).length;
}

/** Resolves to true when a change takes effect by time: there is nobody whom it waits for, and was nobody since it was proposed. */
export async function maturesByTime(tx: Prisma.TransactionClient, { id, change, proposer, proposedAt }: StoredChange): Promise<boolean> {
  if (await tx.changeAwaited.findUnique({ where: { changeId: id } })) return false;
  return (await waitsFor(tx, change, { proposer, proposedAt })).length === 0;
}

async function standsAt(tx: Prisma.TransactionClient, stored: StoredChange, now: number): Promise<boolean> {
  if (stored.verdict) return stored.verdict.verdict === 'AGREED';
  return stored.began || (stored.takesEffectAt !== null && stored.takesEffectAt <= now && (await maturesByTime(tx, stored)));
}

async function effectInOne(actor: Actor, id: string, now: number): Promise<void> {
  await db().$transaction(async (tx) => {
    await besideErasures(tx);
    const stored = await lockedIfStands(tx, id, now);
    if (!stored || isCaseChange(stored.change)) return;
    const moved = await outdated(tx, stored.change);
    if (moved !== null) throw new Refusal('stale', moved);
    const outcome = await applySingle(tx, actor, appliedOf({ ...stored, change: stored.change }));
    await settle(tx, actor, stored, { tookEffect: true, outcome });
  });
}

interface Outcome {
  tookEffect: boolean;
  outcome: string;
}

async function settleNow(actor: Actor, id: string, now: number, outcome: Outcome): Promise<void> {
  await db().$transaction(async (tx) => {
    const stored = await lockedIfStands(tx, id, now);
    if (stored) await settle(tx, actor, stored, outcome);
  });
}

function appliedOf<Change extends StoredChange['change']>({
  id,
  change,
  reason,
  verdict,
}: Pick<StoredChange, 'id' | 'reason' | 'verdict'> & { change: Change }): Applied<Change> {
  return { change, reason, under: { changeId: id, approvedBy: verdict?.byName ?? null } };
}

async function settle(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { id, change, verdict }: StoredChange,
  { tookEffect, outcome }: Outcome,
): Promise<void> {
  await tx.changeEffect.create({ data: { changeId: id, tookEffect, outcome } });
  await tx.changeSecret.deleteMany({ where: { changeId: id } });
  const said = { kind: change.kind, what: changeSentence(change), outcome };
  const subject = `change:${id}`;
  await appendAuditEvent(
    tx,
    actor,
    tookEffect
      ? { action: 'change.took-effect', subject, data: { ...said, approvedBy: verdict?.byName ?? null } }
      : { action: 'change.lapsed', subject, data: said },
    [{ table: 'change_effect', id }],
  );
}

// With the role of this moment: a proposer who lost the right since then no longer does it. Null for one who is disabled.
async function proposerNow({ id, proposer, proposerName }: StoredChange): Promise<Actor | null> {
  const account = await db().user.findUnique({ where: { id: proposer.id } });
  const role = ROLES.find((known) => known === account?.role);
  if (!account || !role || account.disabledAt) return null;
  const origin = { requestId: `change:${id}`, ip: null, userAgent: null };
  return { id: account.id, name: proposerName, email: account.email, role, sessionId: null, origin };
}
