import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import type { Verification } from '@/lib/domain/verification';
import { isUniqueViolation, keyedRequest, rememberAnswer } from './idempotency';
import { onCase } from './on-case';
import { requireReviewer } from './require-reviewer';

/**
 * Records that somebody is about to submit, and takes the submission's tag: no form goes out twice under one tag, whoever
 * repeats it. Throws a Refusal `forbidden`, or `conflict` when the tag was used before.
 */
export async function recordSubmissionAttempt(actor: Actor, submission: string): Promise<void> {
  requireReviewer(actor, 'verifications.submit');
  const request = keyedRequest(actor, `submission ${submission}`, { verb: 'submit', submission });
  try {
    await db().$transaction(async (tx) => {
      await rememberAnswer(tx, request, { submission });
      await appendAuditEvent(tx, actor, { action: 'verification.submitting', subject: `submission:${submission}`, data: { submission } });
    });
  } catch (failure) {
    if (!isUniqueViolation(failure)) throw failure;
    throw new Refusal('conflict', 'This form was sent before. Look for it by its submission tag before you submit again.', {
      details: { outcome: 'unknown' },
    });
  }
}

/** Records which verification a submission became. */
export async function recordSubmission(actor: Actor, submission: string, { id, ...record }: Verification): Promise<void> {
  const { idFileName, selfieFileName } = record;
  await onCase(id, (tx) =>
    appendAuditEvent(tx, actor, {
      action: 'verification.submitted',
      subject: `verification:${id}`,
      data: { submission, idFileName, selfieFileName },
    }),
  );
}
