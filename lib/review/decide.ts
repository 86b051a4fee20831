import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { checkDecision, type Decision, type DecisionInput } from '@/lib/domain/decision';
import { saidOf } from '@/lib/domain/feature-checklist';
import { secondPersonReason } from '@/lib/domain/policy';
import { Refusal } from '@/lib/domain/refusal';
import { type CaseFacts, liveClaim } from '@/lib/domain/review';
import { fileNames, type Tag } from '@/lib/domain/verification';
import { type JudgedHashes, judgedHashes, type ReadEvidence, unawaited } from './evidence/judged-hashes';
import { heldBy } from './held-by';
import { isUniqueViolation, type KeyedRequest, keyedRequest, once, rememberAnswer } from './idempotency';
import { keepEvidence } from './keep-evidence';
import { onCase } from './on-case';
import { currentPolicy } from './policies';
import { reviewOf } from './read-review';
import { requireReviewer } from './require-reviewer';
import { presentRecord } from './require-same-record';
import { requireShownRecord } from './require-shown-record';
import { storedDecision, storedSummary } from './rows';
import { summarize } from './summarize';
import { withViewInRefusal } from './view-in-refusal';

const decisionMade = z.object({ decision: storedDecision, summary: storedSummary });
export type DecisionMade = z.infer<typeof decisionMade>;

/** The record as it is at this moment, copied into the decision so that it can be asked about later. */
type Evidence = Pick<Decision, 'machineResult' | 'snapshotHash'>;

interface Seen {
  record: Evidence;
  files: ReadEvidence;
  tags: Tag[];
}

/**
 * Records a reviewer's decision on a case, with its event. It stands against `input.version`, the number of decisions she saw:
 * of several on the same version one is made and the rest are refused. The same request with the same key answers the first
 * answer again. Throws a Refusal `forbidden`, `key-reused`, `unprocessable` with the field, `not-found`, `upstream-*`,
 * `claimed` while somebody else holds the case, `record-changed` when the record is not the one its reviewer was shown, `evidence-changed` when a file is not what its reviewer was shown, `evidence-unchecked` when that could not be found out, or `stale` with `details` `{ current: { version }, changed }`, the numbers
 * of the decisions they have not seen; what those say is read with the case, which is recorded as a view.
 */
export async function decide(actor: Actor, verificationId: number, input: DecisionInput, idempotencyKey: string): Promise<DecisionMade> {
  requireReviewer(actor, 'decisions.write');
  const request = keyedRequest(actor, idempotencyKey, { verb: 'decide', verificationId, input });
  const work = async () => {
    const seen = await recordAt(actor, verificationId, input.shown);
    try {
      return await onCase(verificationId, (tx) => insert(tx, { actor, verificationId, input, ...seen, request }));
    } catch (failure) {
      // Both read the same version; the unique index let the other one through.
      throw isUniqueViolation(failure) ? await stale(verificationId, input.version) : failure;
    }
  };
  return withViewInRefusal(actor, verificationId, () => once(request, decisionMade, work));
}

async function recordAt(actor: Actor, verificationId: number, shown: DecisionInput['shown']): Promise<Seen> {
  const { verification, snapshotHash } = await presentRecord(verificationId);
  await requireShownRecord(db(), { verificationId, snapshotHash }, shown);
  const names = fileNames(verification);
  const read = await keepEvidence(actor, verification, unawaited(names, shown));
  const { machineResult, tags } = verification;
  return { record: { machineResult, snapshotHash }, files: { names, read }, tags };
}

interface Proposal extends Seen {
  actor: Actor;
  verificationId: number;
  input: DecisionInput;
  request: KeyedRequest;
}

async function insert(tx: Prisma.TransactionClient, proposal: Proposal): Promise<DecisionMade> {
  const { actor, verificationId, input, record, files, tags, request } = proposal;
  const before = await reviewOf(verificationId, tx);
  if (before.summary.version !== input.version) throw await stale(verificationId, input.version, tx);
  const now = Date.now();
  const claim = liveClaim(before, now);
  if (claim && claim.holderId !== actor.id) throw heldBy(claim);
  const { isOverride } = checkDecision(record.machineResult, input);
  const { shown, ...hashes } = await judgedHashes(tx, files, input.shown);
  const evidence: Evidence & JudgedHashes = { ...record, ...hashes };
  const policy = await currentPolicy(tx);
  const { email: proposerEmail, oidcSubject: proposerSubject } = await tx.user.findUniqueOrThrow({ where: { id: actor.id } });
  const { version: seen, shown: _sent, ...judgement } = input;
  const decision = {
    id: randomUUID(),
    verificationId,
    version: seen + 1,
    ...judgement,
    features: input.features ? saidOf(input.features) : null,
    ...evidence,
    unchecked: shown?.unchecked ?? [],
    isOverride,
    policyVersion: policy.version,
    secondPerson: secondPersonReason(policy.settings, { outcome: input.outcome, isOverride, tags }),
    approval: null,
    withdrawnAt: null,
    claimedAt: claim?.claimedAt ?? null,
    proposerId: actor.id,
    proposerName: actor.name,
    decidedAt: now,
    view: input.view ?? null,
  } satisfies Decision;
  const after: CaseFacts = { ...before, decisions: [...before.decisions, decision], claim: null };
  const summary = summarize(verificationId, after, before.notes.length, now);
  await rememberAnswer(tx, request, { decision: { ...decision, approval: null }, summary: { ...summary } });
  const { decidedAt, claimedAt, view, features, approval: _, withdrawnAt: __, ...row } = decision;
  const marks = { proposerEmail, proposerSubject };
  const times = { decidedAt: new Date(decidedAt), claimedAt: claimedAt === null ? null : new Date(claimedAt) };
  const looked = { ...(view && { view }), ...(features && { features }) };
  await tx.decision.create({ data: { ...row, ...marks, ...times, ...looked, verificationId: BigInt(verificationId) } });
  // After the decision, for a draw too takes the case's row in the index first and its claim second.
  await tx.claim.deleteMany({ where: { verificationId: BigInt(verificationId) } });
  const { id: decisionId, version, outcome, reasonCodes, rationale, policyVersion, secondPerson } = decision;
  await appendAuditEvent(
    tx,
    actor,
    {
      action: 'decision.made',
      subject: `verification:${verificationId}`,
      data: {
        decisionId,
        version,
        outcome,
        isOverride,
        reasonCodes,
        features,
        rationale,
        ...evidence,
        policyVersion,
        secondPerson,
        claimedAt,
        view,
        ...(shown && { shown }),
      },
    },
    [{ table: 'decision', id: decisionId }],
  );
  return { decision, summary };
}

async function stale(verificationId: number, version: number, tx?: Prisma.TransactionClient): Promise<Refusal> {
  const { summary, decisions } = await reviewOf(verificationId, tx);
  const current = { version: summary.version };
  const changed = decisions.map((decision) => decision.version).filter((made) => made > version);
  return new Refusal('stale', 'This case changed since you saw it. Look at what changed, then decide again.', {
    details: { current, changed },
  });
}
