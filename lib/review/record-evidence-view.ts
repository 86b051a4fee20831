import { appendAuditEvent } from '@/lib/audit/append';
import { onceInAWindow } from '@/lib/audit/once-in-a-window';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { ERASED_TEXT } from '@/lib/domain/retention';
import { caseOfFile, subjectOfFile } from './case-of-file';
import { onCase } from './on-case';

/** A player fetches a clip in many parts: within this time they are one look. */
const ONE_LOOK_MS = 10 * 60_000;

/**
 * Records that somebody opened an evidence file, once a session and file within ten minutes; resolves when it is recorded,
 * so that no byte leaves before. Each console records its own look, and after a restart one may be recorded again.
 */
export async function recordEvidenceView(actor: Actor, file: string, now = Date.now()): Promise<void> {
  const key = JSON.stringify(['evidence.viewed', actor.sessionId ?? actor.id, file]);
  await onceInAWindow(key, ONE_LOOK_MS, () => append(actor, file), now);
}

async function append(actor: Actor, file: string): Promise<number> {
  const id = caseOfFile(file);
  // A file's name is a person's words: of a case that was erased it is not written down again.
  const record = (tx: Prisma.TransactionClient, isErased = false) =>
    appendAuditEvent(tx, actor, {
      action: 'evidence.viewed',
      subject: subjectOfFile(file),
      data: { file: isErased ? ERASED_TEXT : file },
    });
  await (id === null ? db().$transaction((tx) => record(tx)) : onCase(id, record, { erasedToo: true }));
  return 0;
}
