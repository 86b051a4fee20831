import { pool } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/actor';
import type { NewAuditEvent } from '@/lib/domain/audit-event';
import { READING_WINDOW_MS } from '@/lib/domain/reading';
import { onceInAWindow } from './once-in-a-window';
import { payloadText } from './payload-text';

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
 * is recorded. Throws when it cannot be; what was read must then not be handed out. Costs nothing while this process remembers the
 * event, else one statement.
 */
export async function recordReading(actor: Actor, { action, subject, same, event, names = [] }: Reading): Promise<void> {
  const key = JSON.stringify([actor.id, action, subject, same]);
  await onceInAWindow(key, READING_WINDOW_MS, async () => {
    const values = [actor.id, actor.name, actor.role, action, subject, payloadText(actor, event()), same, READING_WINDOW_MS];
    const { rows } = await (await pool()).query<{ age: number }>({
      text: 'SELECT console.record_reading($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9::jsonb) AS age',
      values: [...values, JSON.stringify(names)],
    });
    return rows[0]?.age ?? 0;
  });
}
