import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { changeCases, changeSentence } from '@/lib/domain/change/change-sentence';
import type { ProposedChange } from '@/lib/domain/change/proposed-change';
import { checkVerdict, type VerdictInput } from '@/lib/domain/change/verdict';
import { Refusal } from '@/lib/domain/refusal';
import { ERASED_TEXT } from '@/lib/domain/retention';
import { requireNameless } from '@/lib/retention/require-nameless';
import { besideErasures } from '@/lib/review/beside-erasures';
import { requireReviewer } from '@/lib/review/require-reviewer';
import { answerable, marksOf, obstacleFor } from './answerable';
import { outdated } from './outdated';
import { findChange, lockChange, type StoredChange } from './stored-change';
import { takeEffect } from './take-effect';

/**
 * The second reviewer agrees to a change, which then takes effect, or refuses it. Throws a Refusal `forbidden` for the proposer under
 * any account and for the person it is about, `stale` when it was answered or no longer fits, `unprocessable` or `not-found`.
 */
export async function answerChange(actor: Actor, id: string, input: VerdictInput): Promise<StoredChange> {
  requireReviewer(actor, 'policies.approve');
  await db().$transaction(async (tx) => {
    await besideErasures(tx);
    await lockChange(tx, id);
    const stored = await findChange(tx, id);
    requireNotBegun(stored);
    const settled = stored.verdict !== null || stored.effect !== null;
    const account = await tx.user.findUniqueOrThrow({ where: { id: actor.id } });
    const change = await answerable(tx, stored.change, stored, settled);
    checkVerdict(change, (await obstacleFor(tx, change, marksOf(account))).message, input);
    const moved = input.agrees ? await outdated(tx, stored.change) : null;
    if (moved !== null) throw new Refusal('stale', `${moved} Refuse this proposal, or have it withdrawn and proposed again.`);
    await requireNamelessComment(tx, stored.change, input.comment);
    await writeVerdict(tx, actor, stored, { verdict: input.agrees ? 'AGREED' : 'REFUSED', comment: input.comment });
  });
  return input.agrees ? takeEffect(id) : findChange(db(), id);
}

/**
 * Takes a change back that waits: the proposer, or anybody whose role grants policies.approve. Throws a Refusal `forbidden`,
 * `stale` when it was answered or took effect, or `not-found`.
 */
export async function withdrawChange(actor: Actor, id: string, comment: string): Promise<StoredChange> {
  requireReviewer(actor, 'policies.approve');
  return db().$transaction(async (tx) => {
    await besideErasures(tx);
    await lockChange(tx, id);
    const stored = await findChange(tx, id);
    requireNotBegun(stored);
    if (stored.verdict || stored.effect)
      throw new Refusal('stale', 'This change was answered or took effect in the meantime. Reload the page to see its outcome.');
    await requireNamelessComment(tx, stored.change, comment);
    await writeVerdict(tx, actor, stored, { verdict: 'WITHDRAWN', comment });
    return findChange(tx, id);
  });
}

function requireNotBegun({ began, effect }: StoredChange): void {
  if (began && !effect)
    throw new Refusal(
      'stale',
      'This change is being carried out case by case, so it cannot be answered or taken back any more. Reload the page to see its outcome.',
    );
}

const ACTION = { AGREED: 'change.approved', REFUSED: 'change.refused', WITHDRAWN: 'change.withdrawn' } as const;

async function writeVerdict(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { id, change }: StoredChange,
  { verdict, comment: said }: { verdict: keyof typeof ACTION; comment: string },
): Promise<void> {
  // What is said about a change goes with a case it names, also when it is said after that case was erased.
  const comment = said !== '' && (await namesErasedCase(tx, changeCases(change))) ? ERASED_TEXT : said;
  const { email, oidcSubject } = await tx.user.findUniqueOrThrow({ where: { id: actor.id } });
  await tx.changeVerdict.create({
    data: { changeId: id, verdict, comment, byId: actor.id, byName: actor.name, byEmail: email, bySubject: oidcSubject },
  });
  if (verdict !== 'AGREED') await tx.changeSecret.deleteMany({ where: { changeId: id } });
  const data = { kind: change.kind, what: changeSentence(change), comment };
  await appendAuditEvent(tx, actor, { action: ACTION[verdict], subject: `change:${id}`, data }, [{ table: 'change_verdict', id }]);
}

// It stays beside the proof of the erasure.
async function requireNamelessComment(tx: Prisma.TransactionClient, change: ProposedChange, comment: string): Promise<void> {
  if (change.kind === 'ERASURE') await requireNameless(tx, change.ids, { text: comment, field: 'comment' });
}

async function namesErasedCase(tx: Prisma.TransactionClient, ids: readonly number[]): Promise<boolean> {
  return ids.length > 0 && (await tx.erasure.count({ where: { verificationId: { in: ids.map(BigInt) } } })) > 0;
}
