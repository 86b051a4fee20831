import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';

/**
 * Records that somebody took the blur off the pictures of a case, every time. A screen reveals them only once this has resolved;
 * the blur keeps bystanders and weary eyes from a picture, it does not keep its bytes from who may read them.
 */
export async function revealEvidence(actor: Actor, verificationId: number): Promise<void> {
  await db().$transaction((tx) =>
    appendAuditEvent(tx, actor, { action: 'evidence.revealed', subject: `verification:${verificationId}`, data: {} }),
  );
}
