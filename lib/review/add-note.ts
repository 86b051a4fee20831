import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAuditEvent } from '@/lib/audit/append';
import type { Actor } from '@/lib/domain/actor';
import type { NoteInput } from '@/lib/domain/note';
import type { Note } from '@/lib/domain/review';
import { keyedRequest, once, rememberAnswer } from './idempotency';
import { onCase } from './on-case';
import { requireCase } from './require-case';
import { requireReviewer } from './require-reviewer';
import { storedNote } from './rows';

const noteAdded = z.object({ note: storedNote });
export type NoteAdded = z.infer<typeof noteAdded>;

/**
 * Adds a note to a case, with its event. With a key, the same request again answers the first note again.
 * Throws a Refusal `forbidden`, `key-reused`, or `not-found` for a case nobody knows (`requireCase`).
 */
export async function addNote(actor: Actor, verificationId: number, { text }: NoteInput, idempotencyKey?: string): Promise<NoteAdded> {
  requireReviewer(actor, 'notes.write');
  const request = keyedRequest(actor, idempotencyKey, { verb: 'add-note', verificationId, text });
  return once(request, noteAdded, async () => {
    await requireCase(verificationId);
    const note: Note = { id: randomUUID(), verificationId, authorId: actor.id, authorName: actor.name, text, createdAt: Date.now() };
    await onCase(verificationId, async (tx) => {
      await rememberAnswer(tx, request, { note: { ...note } });
      await tx.note.create({ data: { ...note, verificationId: BigInt(verificationId), createdAt: new Date(note.createdAt) } });
      await appendAuditEvent(
        tx,
        actor,
        { action: 'note.added', subject: `verification:${verificationId}`, data: { noteId: note.id, text } },
        [{ table: 'note', id: note.id }],
      );
    });
    return { note };
  });
}
