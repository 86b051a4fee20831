import type { Prisma } from '@/lib/db/generated/client';
import type { Actor } from '@/lib/domain/actor';
import { Refusal } from '@/lib/domain/refusal';
import { appendedNumber } from './appended-number';
import { payloadText } from './payload-text';

export interface PayloadErasure {
  /** Whom or what it is done for, for example `verification:5`: the subject of the event that says so. */
  subject: string;
  /** Numbers of the events whose payloads go; those that are gone already are passed over. */
  seqs: readonly number[];
  reason: string;
}

/**
 * Erases what events say, within the caller's transaction: the events stay, an event `payload.erased` names them, and the chain goes
 * on to verify. Answers that event's number, null when there was nothing left to erase. Events that say what was erased cannot be. Whether the actor may is for the
 * caller to check. Throws a Refusal `conflict` when one of them is about a subject on legal hold; nothing is erased then.
 */
export async function erasePayloads(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { subject, seqs, reason }: PayloadErasure,
): Promise<number | null> {
  const rows = await tx.$queryRaw<{ seq: bigint; subject: string; held: boolean }[]>`
    SELECT e.seq, e.subject, console.is_on_legal_hold(e.subject) AS held
    FROM console.audit_event e JOIN console.audit_payload p ON p.seq = e.seq
    WHERE e.seq = ANY (${seqs.map(BigInt)}::bigint[]) AND e.action <> 'payload.erased' ORDER BY e.seq`;
  const held = rows.find((row) => row.held);
  if (held) throw new Refusal('conflict', `Nothing about ${held.subject.replace(':', ' ')} can be erased: it is on legal hold.`);
  if (rows.length === 0) return null;
  const events = rows.map((row) => Number(row.seq));
  const payload = payloadText(actor, { action: 'payload.erased', subject, data: { events, reason } });
  return appendedNumber(
    tx.$queryRaw<{ seq: bigint }[]>`
    SELECT console.erase_audit_payloads(${events.map(BigInt)}::bigint[], ${actor.id}, ${actor.name}, ${actor.role}, ${subject}, ${payload}) AS seq`,
  );
}
