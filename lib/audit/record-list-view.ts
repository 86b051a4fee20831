import type { Actor } from '@/lib/domain/actor';
import type { ViewedList } from '@/lib/domain/audit-kinds/reading';
import { recordReading } from './record-reading';

/** Records that the actor read a list that shows people or what was written about cases. `id` names one of several such lists. */
export function recordListView(actor: Actor, list: ViewedList, rows: number, id?: string): Promise<void> {
  const subject = id === undefined ? `list:${list}` : `${list}:${id}`;
  const event = () => ({ action: 'list.viewed', subject, data: { list, rows } }) as const;
  return recordReading(actor, { action: 'list.viewed', subject, same: { list }, event });
}
