import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import type { NewAuditEvent } from '@/lib/domain/audit-event';
import { payloadText } from './payload-text';

/**
 * Appends one event to the chain within the transaction of the act it records, and answers its sequence number.
 * Make it the last statement of the transaction: until that ends, every other append waits. Throws when the data is not what
 * the action says, or the database cannot write it; the act then does not happen either.
 */
export async function appendAuditEvent(tx: Prisma.TransactionClient, actor: Actor, event: NewAuditEvent): Promise<number> {
  const payload = payloadText(actor, event);
  const [row] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT console.append_audit_event(${actor.id}, ${actor.name}, ${actor.role}, ${event.action}, ${event.subject}, ${payload}) AS seq`;
  if (!row) throw new Error('The audit event got no number.');
  return Number(row.seq);
}
