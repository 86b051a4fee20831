import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { QaInput } from '@/lib/domain/approval';
import { checkDecision } from '@/lib/domain/decision';
import { isSamePerson } from '@/lib/domain/person';
import { isDrawnForQa } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { isUniqueViolation } from './idempotency';
import { policyHistory } from './policies';
import { requireReviewer } from './require-reviewer';
import { storedDecision } from './rows';

const LOOK_BACK_DAYS = 30;

/** How often two people judged alike. */
export interface QaAgreement {
  reviewed: number;
  agreed: number;
  /** Decisions drawn and not yet looked at again. */
  waiting: number;
}

/**
 * The cases drawn for a second look that this reviewer may take, oldest first: only their numbers, for what was decided must
 * stay unseen. Drawn are decisions of one person, from the last 30 days, by the share of the policy they were made under.
 */
export async function qaCases(actor: Actor, limit = 50): Promise<number[]> {
  requireReviewer(actor, 'decisions.approve');
  const drawn = await drawnDecisions();
  const user = await db().user.findUniqueOrThrow({ where: { id: actor.id } });
  const mine = (decision: Drawn) =>
    isSamePerson(
      { id: decision.proposerId, email: decision.proposerEmail ?? '', oidcSubject: decision.proposerSubject },
      { id: user.id, email: user.email, oidcSubject: user.oidcSubject },
    );
  return drawn
    .filter((decision) => !mine(decision))
    .slice(0, limit)
    .map(({ verificationId }) => verificationId);
}

/** How many second looks there were in all, how many agreed, and how many wait. */
export async function qaAgreement(): Promise<QaAgreement> {
  const [reviewed, agreed, drawn] = await Promise.all([
    db().qaReview.count(),
    db().qaReview.count({ where: { agrees: true } }),
    drawnDecisions(),
  ]);
  return { reviewed, agreed, waiting: drawn.length };
}

/**
 * Records what somebody found who judged a drawn case again without seeing the decision, and whether both agree. Throws a
 * Refusal `not-found` for a case that was not drawn or is answered, `forbidden` for the one who decided it, or `unprocessable`.
 */
export async function reviewAgain(actor: Actor, verificationId: number, input: QaInput): Promise<{ agrees: boolean }> {
  requireReviewer(actor, 'decisions.approve');
  const decision = (await drawnDecisions()).find((drawn) => drawn.verificationId === verificationId);
  if (!decision) throw new Refusal('not-found', 'This case is not drawn for a second look, or somebody took it already.');
  if (!(await qaCases(actor, Number.POSITIVE_INFINITY)).includes(verificationId))
    throw new Refusal('forbidden', 'You decided this case yourself. Somebody else has to look at it again.');
  checkDecision(decision.machineResult, {
    version: decision.version,
    outcome: input.outcome,
    reasonCodes: input.reasonCodes,
    rationale: input.comment,
  });
  const agrees = input.outcome === decision.outcome;
  try {
    await db().$transaction(async (tx) => {
      await tx.qaReview.create({
        data: {
          ...input,
          id: randomUUID(),
          decisionId: decision.id,
          verificationId: BigInt(verificationId),
          agrees,
          reviewerId: actor.id,
          reviewerName: actor.name,
          proposerId: decision.proposerId,
        },
      });
      await appendAuditEvent(tx, actor, {
        action: 'qa.reviewed',
        subject: `verification:${verificationId}`,
        data: { decisionId: decision.id, ...input, agrees },
      });
    });
  } catch (failure) {
    throw isUniqueViolation(failure) ? new Refusal('stale', 'Somebody looked at this case again already.') : failure;
  }
  return { agrees };
}

const drawnDecision = storedDecision.extend({
  policyVersion: z.number().int(),
  proposerEmail: z.string().nullable(),
  proposerSubject: z.string().nullable(),
});
type Drawn = z.infer<typeof drawnDecision>;

async function drawnDecisions(): Promise<Drawn[]> {
  const since = new Date(Date.now() - LOOK_BACK_DAYS * 86_400_000);
  const [rows, policies, answered] = await Promise.all([
    db().decision.findMany({ where: { secondPerson: null, decidedAt: { gte: since } }, orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }] }),
    policyHistory(),
    db().qaReview.findMany({ select: { decisionId: true } }),
  ]);
  const done = new Set(answered.map(({ decisionId }) => decisionId));
  const share = new Map(policies.map(({ version, settings }) => [version, settings.qaSharePercent]));
  return drawnDecision
    .array()
    .parse(rows)
    .filter((decision) => !done.has(decision.id) && isDrawnForQa(decision.id, share.get(decision.policyVersion) ?? 0));
}
