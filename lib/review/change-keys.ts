import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import { checkBindings, type KeyBindings } from '@/lib/domain/key-bindings';

/** Keeps the keys the actor chose, on whatever machine they work; none are the usual ones. Throws a Refusal `unprocessable` for a conflict. */
export async function changeKeys(actor: Actor, { bindings }: KeyBindings): Promise<void> {
  checkBindings(bindings);
  await db().$transaction(async (tx) => {
    const { id } = await tx.keyPreference.create({ data: { userId: actor.id, bindings } });
    await appendAuditEvent(tx, actor, { action: 'keys.changed', subject: `user:${actor.id}`, data: { changed: bindings.length } }, [
      { table: 'key_preference', id },
    ]);
  });
}
