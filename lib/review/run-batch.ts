import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { BATCH_MAX, BATCH_VERBS, type BatchResult, type BatchVerb } from '@/lib/domain/desk-input';
import { Refusal } from '@/lib/domain/refusal';
import { assignCase, listReviewers } from './assign-case';
import { claimCase } from './claim-case';
import { escalateCase } from './escalate-case';
import { releaseClaim } from './release-claim';
import { requireReviewer } from './require-reviewer';

/** One act over many cases. */
export type BatchAct =
  | { verb: 'assign'; assigneeId: string | null }
  | { verb: 'claim' }
  | { verb: 'release' }
  | { verb: 'escalate'; reason: string };

/**
 * Does one act to each of the cases, whose numbers were pinned before: a list that changes meanwhile skips nothing. Each case is
 * an act of its own, so some may be refused; the result says which and why, and how many beyond the first thousand were left out.
 */
export async function runBatch(actor: Actor, ids: readonly number[], act: BatchAct): Promise<BatchResult> {
  requireReviewer(actor, act.verb === 'assign' ? 'cases.assign' : 'queue.draw');
  const pinned = [...new Set(ids)];
  const id = randomUUID();
  const detail = await detailOf(act);
  const [succeeded, refused]: [number[], BatchResult['refused']] = [[], []];
  for (const verificationId of pinned.slice(0, BATCH_MAX)) {
    try {
      await actOn(actor, verificationId, act, id);
      succeeded.push(verificationId);
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      refused.push({ id: verificationId, code: failure.code, message: failure.message });
    }
  }
  const truncated = Math.max(0, pinned.length - BATCH_MAX);
  const result: BatchResult = { id, verb: act.verb, detail, byName: actor.name, at: Date.now(), succeeded, refused, truncated };
  await db().$transaction(async (tx) => {
    await tx.batch.create({
      data: {
        id,
        verb: act.verb,
        detail,
        byId: actor.id,
        byName: actor.name,
        at: new Date(result.at),
        succeeded: succeeded.map(BigInt),
        refused,
        truncated,
      },
    });
    await appendAuditEvent(tx, actor, {
      action: 'batch.run',
      subject: `batch:${id}`,
      data: { batchId: id, verb: act.verb, succeeded: succeeded.length, refused: refused.length, truncated },
    });
  });
  return result;
}

const stored = z.object({
  id: z.string(),
  verb: z.enum(BATCH_VERBS),
  detail: z.string(),
  byName: z.string(),
  at: z.date().transform((at) => at.getTime()),
  succeeded: z.array(z.coerce.number()),
  refused: z.array(z.object({ id: z.number(), code: z.string(), message: z.string() })),
  truncated: z.number(),
});

/** The result of a bulk act, for its page. Throws a Refusal `not-found`. */
export async function readBatch(id: string): Promise<BatchResult> {
  const row = z.uuid().safeParse(id).success ? await db().batch.findUnique({ where: { id } }) : null;
  if (!row) throw new Refusal('not-found', 'There is no such bulk act.');
  return stored.parse(row);
}

function actOn(actor: Actor, id: number, act: BatchAct, batchId: string): Promise<unknown> {
  const run: Record<BatchVerb, () => Promise<unknown>> = {
    assign: () => assignCase(actor, id, act.verb === 'assign' ? act.assigneeId : null, { batchId }),
    claim: () => claimCase(actor, id, { batchId }),
    release: () => releaseClaim(actor, id, { batchId }),
    escalate: () => escalateCase(actor, id, act.verb === 'escalate' ? act.reason : '', { batchId }),
  };
  return run[act.verb]();
}

async function detailOf(act: BatchAct): Promise<string> {
  if (act.verb === 'escalate') return act.reason;
  if (act.verb !== 'assign') return '';
  if (act.assigneeId === null) return 'nobody';
  return (await listReviewers()).find(({ id }) => id === act.assigneeId)?.name ?? act.assigneeId;
}
