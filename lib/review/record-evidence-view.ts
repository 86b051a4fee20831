import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { ERASED_TEXT } from '@/lib/domain/retention';
import { caseOfFile, subjectOfFile } from './case-of-file';
import { onCase } from './on-case';

/** A player fetches a clip in many parts: within this time they are one look. */
const ONE_LOOK_MS = 10 * 60_000;
const LOOKS_MAX = 10_000;

const looks = new Map<string, { at: number; recorded: Promise<void> }>();

/**
 * Records that somebody opened an evidence file, once a session and file within ten minutes; resolves when it is recorded,
 * so that no byte leaves before. Known looks are kept in this process: after a restart a look may be recorded again.
 */
export async function recordEvidenceView(actor: Actor, file: string, now = Date.now()): Promise<void> {
  const key = `${actor.sessionId ?? actor.id} ${file}`;
  const known = looks.get(key);
  if (known && now - known.at < ONE_LOOK_MS) return known.recorded;
  const look = { at: now, recorded: append(actor, file) };
  looks.delete(key);
  const [oldest] = looks.keys();
  if (looks.size >= LOOKS_MAX && oldest !== undefined) looks.delete(oldest);
  looks.set(key, look);
  try {
    await look.recorded;
  } catch (failure) {
    if (looks.get(key) === look) looks.delete(key);
    throw failure;
  }
}

async function append(actor: Actor, file: string): Promise<void> {
  const id = caseOfFile(file);
  // A file's name is a person's words: of a case that was erased it is not written down again.
  const record = (tx: Prisma.TransactionClient, isErased = false) =>
    appendAuditEvent(tx, actor, {
      action: 'evidence.viewed',
      subject: subjectOfFile(file),
      data: { file: isErased ? ERASED_TEXT : file },
    });
  await (id === null ? db().$transaction((tx) => record(tx)) : onCase(id, record, { erasedToo: true }));
}
