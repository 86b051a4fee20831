import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import { type CaseFacts, NO_FACTS } from '@/lib/domain/review';
import { storedAct, storedClaim, storedDecision, storedSnooze } from './rows';
import { storedApproval } from './stored-approval';

/** What each case's state is computed from, by its number, in one query a table however many there are. */
export async function factsOf(ids: readonly number[], tx: Prisma.TransactionClient = db()): Promise<Map<number, CaseFacts>> {
  const keys = ids.map(BigInt);
  const where = { verificationId: { in: keys } };
  const [decisions, withdrawals, approvals, claims, snoozes, escalations, reopenings, assignments, erasures] = await Promise.all([
    tx.decision.findMany({ where, orderBy: [{ verificationId: 'asc' }, { version: 'asc' }] }),
    tx.withdrawal.findMany({ where }),
    tx.approval.findMany({ where }),
    tx.claim.findMany({ where }),
    tx.snooze.findMany({ where, orderBy: { id: 'desc' }, distinct: ['verificationId'] }),
    tx.escalation.findMany({ where, orderBy: { id: 'desc' }, distinct: ['verificationId'] }),
    tx.reopening.findMany({ where, orderBy: { id: 'desc' }, distinct: ['verificationId'] }),
    tx.assignment.findMany({ where, orderBy: { id: 'desc' }, distinct: ['verificationId'] }),
    tx.erasure.findMany({ where, orderBy: { at: 'desc' }, distinct: ['verificationId'], select: { verificationId: true, at: true } }),
  ]);
  const takenBack = new Map(withdrawals.map(({ decisionId, at }) => [decisionId, at.getTime()]));
  const answers = new Map(approvals.map((approval) => [approval.decisionId, storedApproval.parse(approval)]));
  const told = decisions.map((row) => ({
    ...storedDecision.parse(row),
    withdrawnAt: takenBack.get(row.id) ?? null,
    approval: answers.get(row.id) ?? null,
  }));
  return new Map(
    ids.map((id) => {
      const own = <Row extends { verificationId: bigint }>(rows: Row[]) => rows.find(({ verificationId }) => verificationId === BigInt(id));
      const [claim, snooze, escalation, reopening, assignment] = [
        own(claims),
        own(snoozes),
        own(escalations),
        own(reopenings),
        own(assignments),
      ];
      const facts: CaseFacts = {
        ...NO_FACTS,
        decisions: told.filter(({ verificationId }) => verificationId === id),
        claim: claim ? storedClaim.parse(claim) : null,
        snooze: snooze ? storedSnooze.parse(snooze) : null,
        escalation: escalation && !escalation.lifted ? storedAct.parse(escalation) : null,
        reopening: reopening ? storedAct.parse(reopening) : null,
        erasedAt: own(erasures)?.at.getTime() ?? null,
        assignee: assignment?.assigneeId && assignment.assigneeName ? { id: assignment.assigneeId, name: assignment.assigneeName } : null,
      };
      return [id, facts];
    }),
  );
}

/** What the state of one case is computed from. */
export async function caseFacts(id: number, tx?: Prisma.TransactionClient): Promise<CaseFacts> {
  return (await factsOf([id], tx)).get(id) ?? NO_FACTS;
}
