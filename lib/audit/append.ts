import { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { NewAuditEvent } from '@/lib/domain/audit-event';
import { appendedNumber } from './appended-number';
import type { BoundRow } from './bound-rows';
import { requireConfirmed } from './confirmed-database';
import { payloadText } from './payload-text';

/**
 * Appends one event to the chain within the transaction of the act it records, and returns its sequence number. `rows` are the rows the
 * event reports: it binds each by its hash (bound-rows.ts).
 * Make it the last statement of the transaction: until that ends, every other append waits. Throws when the data is not what
 * the action says, or the database cannot write it; the act then does not happen either. Throws a Refusal `log-closed` while the database is older
 * than the signed log, or while nobody who could tell has confirmed it.
 */
export async function appendAuditEvent(
  tx: Prisma.TransactionClient,
  actor: Actor,
  event: NewAuditEvent,
  rows: readonly BoundRow[] = [],
): Promise<number> {
  await requireConfirmed(tx);
  const said = Prisma.sql`${actor.id}, ${actor.name}, ${actor.role}, ${event.action}, ${event.subject}, ${payloadText(actor, event)}`;
  const call =
    rows.length === 0
      ? Prisma.sql`console.append_audit_event(${said})`
      : Prisma.sql`console.append_audit_event_on_rows(${said}, ${rows.map(({ table }) => table)}::text[], ${rows.map(({ id }) => String(id))}::text[])`;
  return appendedNumber(tx.$queryRaw<{ seq: bigint }[]>`SELECT ${call} AS seq`);
}
