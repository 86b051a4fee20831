import * as z from 'zod/mini';
import { AUDIT_ACTIONS, AUDIT_KINDS, type AuditEvent, type ErasedAuditEvent, type NewAuditEvent } from '@/lib/domain/audit-event';

const payload = z.object({ data: z.optional(z.unknown()) });

/** An event's row beside its payload's text; null when that was erased. */
export interface StoredEvent {
  seq: bigint;
  at: Date;
  actorId: string;
  actorName: string;
  actorRole: string;
  action: string;
  subject: string;
  payload: { data: string } | null;
}

/** The row as screens and exports show it. Throws an Error when the payload is none that could have been written. */
export function readStoredEvent({ seq, at, actorId, actorName, actorRole, action, subject, ...row }: StoredEvent): AuditEvent {
  const data = row.payload === null ? null : payload.parse(JSON.parse(row.payload.data)).data;
  const event = { action, subject, data };
  if (!isAuditEvent(event)) throw new Error(`Audit event ${seq} holds no readable ${action}.`);
  return { ...event, seq: Number(seq), at: at.getTime(), actorId, actorName, actorRole };
}

function isAuditEvent(event: { action: string; subject: string; data: unknown }): event is NewAuditEvent | ErasedAuditEvent {
  const action = AUDIT_ACTIONS.find((known) => known === event.action);
  return action !== undefined && (event.data === null || AUDIT_KINDS[action].payload.safeParse(event.data).success);
}
