import { pool } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { NewAuditEvent } from '@/lib/domain/audit-event';
import { READING_WINDOW_MS } from '@/lib/domain/reading';
import { notAppended } from './appended-number';
import { requireConfirmed } from './confirmed-database';
import { newestSignedNumber } from './newest-signed-number';
import { onceInAWindow } from './once-in-a-window';
import { payloadText } from './payload-text';
import { beginFolder } from './starting-point';

type ReadingAction = 'case.viewed' | 'search.run' | 'audit.read' | 'list.viewed';
export type ReadingEvent = Extract<NewAuditEvent, { action: ReadingAction }>;

export interface Reading {
  action: ReadingAction;
  subject: string;
  /** What makes two readings of a subject the same, beside who reads; part of the event's data. */
  same: Record<string, string>;
  /** Called only when there is something to record. */
  event: () => ReadingEvent;
  /** What in it may name a person: the name of a tag and its value, or null and part of the name of a file. */
  names?: readonly (readonly [name: string | null, value: string])[];
}

/**
 * Records that the actor read something: once per person, subject and quarter of an hour, whatever console they ask. Resolves when it
 * is recorded. Throws when it cannot be, a Refusal `log-closed` while the database is older than the signed log; what was read must then not be handed out. Costs nothing while this process remembers the
 * event, else one statement.
 */
export async function recordReading(actor: Actor, { action, subject, same, event, names = [] }: Reading): Promise<void> {
  const key = JSON.stringify([actor.id, action, subject, same]);
  await onceInAWindow(key, READING_WINDOW_MS, async () => {
    await requireConfirmed();
    const said = [actor.id, actor.name, actor.role, action, subject, payloadText(actor, event()), same];
    const { rows } = await (await pool())
      .query<{ age: number; number: string | null }>({
        text: 'SELECT age, number FROM console.record_reading($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9::jsonb, $10)',
        values: [...said, READING_WINDOW_MS, JSON.stringify(names), newestSignedNumber()],
      })
      .catch((failure: unknown) => {
        throw notAppended(failure);
      });
    if (rows[0]?.number === '1') await beginFolder();
    return rows[0]?.age ?? 0;
  });
}
