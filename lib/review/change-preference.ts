import { appendAuditEvent } from '@/lib/audit/append';
import { db } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { ViewingPreference } from '@/lib/domain/viewing';

/** Keeps how the actor wants pictures shown, on whatever machine she works. */
export async function changePreference(actor: Actor, preference: ViewingPreference): Promise<void> {
  await db().$transaction(async (tx) => {
    const { id } = await tx.viewingPreference.create({ data: { userId: actor.id, settings: preference } });
    await appendAuditEvent(tx, actor, { action: 'preference.changed', subject: `user:${actor.id}`, data: preference }, [
      { table: 'viewing_preference', id },
    ]);
  });
}
