import { appendAuditEvent } from '@/lib/audit/append';
import { onceInAWindow } from '@/lib/audit/once-in-a-window';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { subjectOfFile } from './case-of-file';

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
  await db().$transaction((tx) => appendAuditEvent(tx, actor, { action: 'evidence.viewed', subject: subjectOfFile(file), data: { file } }));
  return 0;
}
