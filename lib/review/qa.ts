import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { QaInput } from '@/lib/domain/approval';
import { checkDecision } from '@/lib/domain/decision';
import { DEFAULT_POLICY } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { refuseOtherEvidence } from './evidence/judged-hashes';
import { readAgain } from './evidence/read-again';
import { isUniqueViolation } from './idempotency';
import { onCase } from './on-case';
import { requireReviewer } from './require-reviewer';
import { refreshBeforeAnswer, requireSameRecord } from './require-same-record';
import { type Proposed, requireSecondPerson, secondPersonRefusals } from './require-second-person';
import { requireShownRecord } from './require-shown-record';
import { storedDecision } from './rows';
import { withViewInRefusal } from './view-in-refusal';

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
 * stay unseen. Drawn are decisions that stand alone, from the last 30 days, by the share of the policy they were made under. Not
 * offered are decisions to which they are no second person by `secondPersonRefusal`, cases they decided or noted themselves, and
 * decisions whose record the upstream replaced since, for the two would not judge the same.
 */
export async function qaCases(actor: Actor, limit = 50): Promise<number[]> {
  requireReviewer(actor, 'decisions.approve');
  const drawn = await drawnDecisions({ sameRecord: true });
  const [refusals, known] = await Promise.all([
    secondPersonRefusals(actor.id, drawn.map(proposedIn)),
    casesKnownTo(
      actor,
      drawn.map(({ verificationId }) => verificationId),
    ),
  ]);
  const offered = drawn.filter(({ verificationId }, at) => refusals[at] === null && !known.has(verificationId));
  return [...new Set(offered.map(({ verificationId }) => verificationId))].slice(0, limit);
}

/** How many second looks there were in all, how many agreed, and how many wait. */
export async function qaAgreement(): Promise<QaAgreement> {
  const [reviewed, agreed, drawn] = await Promise.all([
    db().qaReview.count(),
    db().qaReview.count({ where: { agrees: true } }),
    drawnDecisions({ sameRecord: true }),
  ]);
  return { reviewed, agreed, waiting: drawn.length };
}

/**
 * Records what somebody found who judged a drawn case again without seeing the decision, and whether both agree. Throws a
 * Refusal `not-found` for a case that was not drawn or is answered, `forbidden` for the one who decided it or worked on it,
 * `record-changed` or `evidence-changed` when the decision was made on another record or other files or they were shown others, `evidence-unchecked` when the files could not be compared, `upstream-*` when that cannot be found out, or `unprocessable`. Behind it the database holds both people apart by itself.
 */
export async function reviewAgain(actor: Actor, verificationId: number, input: QaInput): Promise<{ agrees: boolean }> {
  requireReviewer(actor, 'decisions.approve');
  return withViewInRefusal(actor, verificationId, () => review(actor, verificationId, input));
}

async function review(actor: Actor, verificationId: number, input: QaInput): Promise<{ agrees: boolean }> {
  await refreshBeforeAnswer(verificationId);
  const files = await readAgain(actor, verificationId, input.shown);
  try {
    return await onCase(verificationId, async (tx) => {
      const [decision] = await drawnDecisions({ verificationId }, tx);
      if (!decision) throw new Refusal('not-found', 'This case is not drawn for a second look, or somebody took it already.');
      await requireSecondPerson(tx, actor.id, proposedIn(decision));
      if ((await casesKnownTo(actor, [verificationId], tx)).has(verificationId))
        throw new Refusal('forbidden', 'You worked on this case, so you would not be blind. Somebody else has to look at it again.');
      await requireSameRecord(tx, decision, LEAVE_IT);
      await requireShownRecord(tx, decision, input.shown);
      checkDecision(decision.machineResult, {
        version: decision.version,
        outcome: input.outcome,
        reasonCodes: input.reasonCodes,
        rationale: input.comment,
      });
      const { shown, ...verdict } = input;
      const recorded = await refuseOtherEvidence(tx, files, shown, decision);
      const agrees = input.outcome === decision.outcome;
      const { id } = await tx.qaReview.create({
        data: {
          ...verdict,
          id: randomUUID(),
          decisionId: decision.id,
          verificationId: BigInt(verificationId),
          agrees,
          unchecked: recorded?.unchecked ?? [],
          reviewerId: actor.id,
          reviewerName: actor.name,
          proposerId: decision.proposerId,
        },
      });
      await appendAuditEvent(
        tx,
        actor,
        {
          action: 'qa.reviewed',
          subject: `verification:${verificationId}`,
          data: { decisionId: decision.id, ...verdict, agrees, ...(recorded && { shown: recorded }) },
        },
        [{ table: 'qa_review', id }],
      );
      return { agrees };
    });
  } catch (failure) {
    throw isUniqueViolation(failure) ? new Refusal('stale', 'Somebody looked at this case again already.') : failure;
  }
}

const LEAVE_IT = 'The case leaves the list of second looks. It is listed under “Record changed after decision” on the page Approvals.';

const drawnDecision = storedDecision.extend({ proposerEmail: z.string().nullable(), proposerSubject: z.string().nullable() });
type Drawn = z.infer<typeof drawnDecision>;

/**
 * The draw is `isDrawnForQa` of lib/domain/policy.ts, written a second time so that a month of decisions stays in the database;
 * tests/db/qa.test.ts holds both together.
 */
async function drawnDecisions(
  { verificationId, sameRecord = false }: { verificationId?: number; sameRecord?: boolean },
  tx: Prisma.TransactionClient = db(),
): Promise<Drawn[]> {
  const since = new Date(Date.now() - LOOK_BACK_DAYS * 86_400_000);
  const only = verificationId === undefined ? null : BigInt(verificationId);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.id::text FROM console.decision d
    LEFT JOIN console.policy p ON p.version = d.policy_version
    WHERE d.second_person IS NULL AND d.decided_at >= ${since}
      AND (${only}::bigint IS NULL OR d.verification_id = ${only}::bigint)
      AND ('x' || left(d.id::text, 8))::bit(32)::bigint / 4294967296.0
        < coalesce((p.settings ->> 'qaSharePercent')::float8, ${DEFAULT_POLICY.qaSharePercent}) / 100
      AND NOT EXISTS (SELECT FROM console.withdrawal w WHERE w.decision_id = d.id)
      AND NOT EXISTS (SELECT FROM console.erasure e WHERE e.verification_id = d.verification_id)
      AND NOT EXISTS (SELECT FROM console.qa_review q WHERE q.decision_id = d.id)
      AND NOT (${sameRecord} AND EXISTS (SELECT FROM console.record r WHERE r.verification_id = d.verification_id
        AND (r.snapshot_hash <> d.snapshot_hash OR r.upstream_missing_at IS NOT NULL)))`;
  const where = { id: { in: rows.map(({ id }) => id) } };
  return drawnDecision.array().parse(await tx.decision.findMany({ where, orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }] }));
}

// Whoever wrote something about a case has judged it before.
async function casesKnownTo(actor: Actor, ids: number[], tx: Prisma.TransactionClient = db()): Promise<Set<number>> {
  const where = { in: ids.map(BigInt) };
  const [decided, noted] = await Promise.all([
    tx.decision.findMany({ where: { verificationId: where, proposerId: actor.id }, select: { verificationId: true } }),
    tx.note.findMany({ where: { verificationId: where, authorId: actor.id }, select: { verificationId: true } }),
  ]);
  return new Set([...decided, ...noted].map(({ verificationId }) => Number(verificationId)));
}

function proposedIn({ proposerId, proposerEmail, proposerSubject, decidedAt }: Drawn): Proposed {
  return { proposer: { id: proposerId, email: proposerEmail ?? '', oidcSubject: proposerSubject }, proposedAt: decidedAt };
}
