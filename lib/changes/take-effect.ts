import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { type Actor, SYSTEM_ACTOR } from '@/lib/domain/actor';
import { changeSentence } from '@/lib/domain/change/change-sentence';
import { Refusal } from '@/lib/domain/refusal';
import { ROLES } from '@/lib/domain/roles';
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
  if (stored.effect || !(await standsAt(stored, now))) return stored;
  const actor = await proposerNow(stored);
  try {
    if (actor === null) throw new Refusal('forbidden', `${stored.proposerName} can no longer sign in, so the proposal is void.`);
    if (isCaseChange(stored.change)) {
      const outcome = await applyToCases(actor, appliedOf({ ...stored, change: stored.change }));
      await db().$transaction((tx) => settle(tx, actor, stored, { tookEffect: true, outcome }));
    } else await effectInOne(actor, stored);
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    await db().$transaction((tx) => settle(tx, actor ?? SYSTEM_ACTOR, stored, { tookEffect: false, outcome: failure.message }));
  }
  return findChange(db(), id);
}

/** Puts every change into effect that may be; what fails does not keep the others from it. Throws the first fault. */
export async function takeEffectOfDue(now = Date.now()): Promise<number> {
  const waiting = await db().proposedChange.findMany({
    where: { effect: null, OR: [{ verdict: { verdict: 'AGREED' } }, { verdict: null, takesEffectAt: { lte: new Date(now) } }] },
    select: { id: true },
    orderBy: { proposedAt: 'asc' },
  });
  const results = await Promise.allSettled(waiting.map(({ id }) => takeEffect(id, now)));
  const fault = results.find((result) => result.status === 'rejected');
  if (fault) throw fault.reason;
  return results.filter((result) => result.status === 'fulfilled' && result.value.effect).length;
}

/** Resolves to true when a change takes effect by time: there is nobody whom it waits for. */
export async function maturesByTime(tx: Prisma.TransactionClient, { change, proposer, proposedAt }: StoredChange): Promise<boolean> {
  return (await waitsFor(tx, change, { proposer, proposedAt })).length === 0;
}

async function standsAt(stored: StoredChange, now: number): Promise<boolean> {
  if (stored.verdict) return stored.verdict.verdict === 'AGREED';
  return stored.takesEffectAt !== null && stored.takesEffectAt <= now && maturesByTime(db(), stored);
}

async function effectInOne(actor: Actor, stored: StoredChange): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockChange(tx, stored.id);
    if ((await findChange(tx, stored.id)).effect || isCaseChange(stored.change)) return;
    const moved = await outdated(tx, stored.change);
    if (moved !== null) throw new Refusal('stale', moved);
    const outcome = await applySingle(tx, actor, appliedOf({ ...stored, change: stored.change }));
    await settle(tx, actor, stored, { tookEffect: true, outcome });
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
  { tookEffect, outcome }: { tookEffect: boolean; outcome: string },
): Promise<void> {
  await lockChange(tx, id);
  if (await tx.changeEffect.findUnique({ where: { changeId: id } })) return;
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
