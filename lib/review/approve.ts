import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { type Approval, type ApprovalInput, checkApproval } from '@/lib/domain/approval';
import { Refusal } from '@/lib/domain/refusal';
import { refuseOtherEvidence } from './evidence/judged-hashes';
import { readAgain } from './evidence/read-again';
import { isUniqueViolation, keyedRequest, once, rememberAnswer } from './idempotency';
import { onCase } from './on-case';
import { requireReviewer } from './require-reviewer';
import { refreshBeforeAnswer, requireSameRecord } from './require-same-record';
import { secondPersonRefusals } from './require-second-person';
import { requireShownRecord } from './require-shown-record';
import { storedApproval } from './stored-approval';
import { withViewInRefusal } from './view-in-refusal';

const answered = z.object({ approval: storedApproval });
export type Approved = z.infer<typeof answered>;

/**
 * The second person agrees or disagrees. This is the only door: no role, no bulk act and no other route can give an approval,
 * and behind it the database holds proposer and approver apart by itself. Throws a Refusal `forbidden` for whoever is no second
 * person to it by `secondPersonRefusal`, `stale` when the proposal no longer stands, `record-changed` for agreeing to one whose record
 * the upstream replaced or lost since or who was shown another one, `evidence-changed` for agreeing on other files than it was made on, `evidence-unchecked` when that could not be found out, `upstream-*` when that cannot be found out, `unprocessable`, `not-found` or `key-reused`.
 */
export async function approve(actor: Actor, verificationId: number, input: ApprovalInput, idempotencyKey: string): Promise<Approved> {
  requireReviewer(actor, 'decisions.approve');
  const request = keyedRequest(actor, idempotencyKey, { verb: 'approve', verificationId, input });
  const work = async () => {
    if (input.agrees) await refreshBeforeAnswer(verificationId);
    const files = await readAgain(actor, verificationId, input.shown);
    try {
      return await onCase(verificationId, async (tx) => {
        const { proposal, proposer, version, snapshotHash, approver, decided } = await facts(tx, actor, verificationId, input.decisionId);
        checkApproval(proposal, input);
        const { agrees, comment, decisionId, shown } = input;
        if (agrees) {
          await requireSameRecord(tx, { verificationId, snapshotHash }, PROPOSE_AGAIN);
          await requireShownRecord(tx, { verificationId, snapshotHash }, shown);
        }
        const recorded = agrees ? await refuseOtherEvidence(tx, files, shown, decided) : shown;
        const by = { approverId: actor.id, approverName: actor.name, approvedAt: Date.now() };
        const approval = { decisionId, agrees, comment, ...by, unchecked: recorded?.unchecked ?? [] } satisfies Approval;
        await rememberAnswer(tx, request, { approval: { ...approval } });
        const { id } = await tx.approval.create({
          data: {
            ...approval,
            id: randomUUID(),
            verificationId: BigInt(verificationId),
            approvedAt: new Date(approval.approvedAt),
            approverEmail: approver.email,
            approverSubject: approver.oidcSubject,
            proposerId: proposer.id,
            proposerEmail: proposer.email,
            proposerSubject: proposer.oidcSubject,
          },
        });
        await appendAuditEvent(
          tx,
          actor,
          {
            action: agrees ? 'approval.given' : 'approval.refused',
            subject: `verification:${verificationId}`,
            data: { decisionId, version, comment, ...(recorded && { shown: recorded }) },
          },
          [{ table: 'approval', id }],
        );
        return { approval };
      });
    } catch (failure) {
      throw isUniqueViolation(failure) ? new Refusal('stale', 'Somebody answered this proposal already.') : failure;
    }
  };
  return withViewInRefusal(actor, verificationId, () => once(request, answered, work));
}

const PROPOSE_AGAIN =
  'Compare the changes on the case page. Then disagree with the proposal, or make a new decision on the present record.';

async function facts(tx: Prisma.TransactionClient, actor: Actor, verificationId: number, decisionId: string) {
  const decision = await tx.decision.findUnique({ where: { id: decisionId } });
  if (!decision || decision.verificationId !== BigInt(verificationId))
    throw new Refusal('not-found', 'There is no such decision on this case.');
  const approver = await tx.user.findUniqueOrThrow({ where: { id: actor.id } });
  const proposer = { id: decision.proposerId, email: decision.proposerEmail ?? '', oidcSubject: decision.proposerSubject };
  const [[refusal = null], later, withdrawn, answers] = await Promise.all([
    secondPersonRefusals(actor.id, [{ proposer, proposedAt: decision.decidedAt.getTime() }], tx),
    tx.decision.count({ where: { verificationId: decision.verificationId, version: { gt: decision.version } } }),
    tx.$queryRaw<unknown[]>`SELECT FROM console.withdrawal WHERE decision_id = ${decisionId}::uuid`,
    tx.approval.count({ where: { decisionId } }),
  ]);
  return {
    version: decision.version,
    snapshotHash: decision.snapshotHash,
    decided: { idSha256: decision.idSha256, selfieSha256: decision.selfieSha256 },
    proposer,
    approver: { email: approver.email, oidcSubject: approver.oidcSubject },
    proposal: {
      id: decision.id,
      secondPerson: decision.secondPerson,
      refusal,
      superseded: later + withdrawn.length > 0,
      answered: answers > 0,
    },
  };
}
