import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { checkDecision, type Decision, type DecisionInput } from '@/lib/domain/decision';
import { Refusal } from '@/lib/domain/refusal';
import { fileOf } from '@/lib/domain/verification';
import { getVerification } from '@/lib/upstream/get';
import { evidenceHashesOf } from './evidence-hashes';
import { isUniqueViolation, type KeyedRequest, keyedRequest, once, rememberAnswer } from './idempotency';
import { reviewOf } from './read-review';
import { requireReviewer } from './require-reviewer';
import { storedDecision, storedSummary } from './rows';
import { summarize } from './summarize';

const decisionMade = z.object({ decision: storedDecision, summary: storedSummary });
export type DecisionMade = z.infer<typeof decisionMade>;

/** The record as it is at this moment, copied into the decision so that it can be asked about later. */
type Evidence = Pick<Decision, 'machineResult' | 'idSha256' | 'selfieSha256' | 'snapshotHash'>;

/**
 * Records a reviewer's decision on a case, with its event. It stands against `input.version`, the number of decisions she saw:
 * of several on the same version one is made and the rest are refused. The same request with the same key answers the first
 * answer again. Throws a Refusal `forbidden`, `key-reused`, `unprocessable` with the field, `not-found`, `upstream-*`, or
 * `stale` with `details` `{ current: ReviewSummary, changed: Decision[] }`, the decisions she has not seen.
 */
export async function decide(actor: Actor, verificationId: number, input: DecisionInput, idempotencyKey: string): Promise<DecisionMade> {
  requireReviewer(actor, 'decisions.write');
  const request = keyedRequest(actor, idempotencyKey, { verb: 'decide', verificationId, input });
  return once(request, decisionMade, async () => {
    const evidence = await evidenceOf(verificationId);
    try {
      return await db().$transaction((tx) => insert(tx, { actor, verificationId, input, evidence, request }));
    } catch (failure) {
      // Both read the same version; the unique index let the other one through.
      throw isUniqueViolation(failure) ? await stale(verificationId, input.version) : failure;
    }
  });
}

async function evidenceOf(verificationId: number): Promise<Evidence> {
  const { verification, snapshotHash } = await getVerification(verificationId);
  const names = (['id', 'face'] as const).map((category) => fileOf(verification, category)?.name ?? null);
  const seen = await evidenceHashesOf(names.filter((name) => name !== null));
  const [idSha256, selfieSha256] = names.map((name) => seen.find((file) => file.name === name)?.sha256 ?? null);
  return { machineResult: verification.machineResult, idSha256: idSha256 ?? null, selfieSha256: selfieSha256 ?? null, snapshotHash };
}

interface Proposal {
  actor: Actor;
  verificationId: number;
  input: DecisionInput;
  evidence: Evidence;
  request: KeyedRequest;
}

async function insert(tx: Prisma.TransactionClient, { actor, verificationId, input, evidence, request }: Proposal): Promise<DecisionMade> {
  const { summary: before, decisions } = await reviewOf(verificationId, tx);
  if (before.version !== input.version) throw await stale(verificationId, input.version, tx);
  const { isOverride } = checkDecision(evidence.machineResult, input);
  const { version: seen, ...judgement } = input;
  const decision: Decision = {
    id: randomUUID(),
    verificationId,
    version: seen + 1,
    ...judgement,
    ...evidence,
    isOverride,
    proposerId: actor.id,
    proposerName: actor.name,
    decidedAt: Date.now(),
  };
  const summary = summarize(verificationId, [...decisions, decision], before.notes);
  await rememberAnswer(tx, request, { decision: { ...decision }, summary: { ...summary } });
  const { decidedAt, ...row } = decision;
  await tx.decision.create({ data: { ...row, verificationId: BigInt(verificationId), decidedAt: new Date(decidedAt) } });
  const { id: decisionId, version, outcome, reasonCodes, rationale } = decision;
  await appendAuditEvent(tx, actor, {
    action: 'decision.made',
    subject: `verification:${verificationId}`,
    data: { decisionId, version, outcome, isOverride, reasonCodes, rationale, ...evidence },
  });
  return { decision, summary };
}

async function stale(verificationId: number, version: number, tx?: Prisma.TransactionClient): Promise<Refusal> {
  const { summary: current, decisions } = await reviewOf(verificationId, tx);
  const changed = decisions.filter((decision) => decision.version > version);
  return new Refusal('stale', 'This case changed since you saw it. Look at what changed, then decide again.', {
    details: { current, changed },
  });
}
