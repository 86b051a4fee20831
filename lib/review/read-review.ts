import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Review } from '@/lib/domain/review';
import { storedDecision, storedNote } from './rows';
import { storedApproval } from './stored-approval';
import { summarize } from './summarize';

/** All that is known here about one record; a record nobody touched has an empty review. Pass `tx` to read within a transaction. */
export async function reviewOf(verificationId: number, tx: Prisma.TransactionClient = db()): Promise<Review> {
  const where = { verificationId: BigInt(verificationId) };
  const approvals = storedApproval.array().parse(await tx.approval.findMany({ where }));
  const decisions = storedDecision
    .array()
    .parse(await tx.decision.findMany({ where, orderBy: { version: 'asc' } }))
    .map((decision) => ({ ...decision, approval: approvals.find(({ decisionId }) => decisionId === decision.id) ?? null }));
  const notes = storedNote.array().parse(await tx.note.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }));
  return { summary: summarize(verificationId, decisions, notes.length), decisions, notes };
}
