import * as z from 'zod/mini';
import { AUDIT_ACTIONS, AUDIT_KINDS, type AuditEvent, type ErasedAuditEvent, type NewAuditEvent } from '@/lib/domain/audit-event';

const origin = z.object({ requestId: z.string(), ip: z.nullable(z.string()), userAgent: z.nullable(z.string()) });

/** One event as `GET /api/audit` answers it. */
const wireEvent = z.object({
  seq: z.int(),
  at: z.number(),
  actorId: z.string(),
  actorName: z.string(),
  actorRole: z.string(),
  action: z.string(),
  subject: z.string(),
  data: z.unknown(),
  origin: z.unknown(),
  payloadHash: z.string(),
  prevHash: z.string(),
  hash: z.string(),
});

export const wireAuditPage = z.object({ events: z.array(wireEvent), nextCursor: z.nullable(z.string()) });
export type WireAuditEvent = z.infer<typeof wireEvent>;
export type AuditOrigin = z.infer<typeof origin>;

/** One line of the log: as it came, and as what it is; null when it does not hold what its kind must. */
export interface AuditLine {
  wire: WireAuditEvent;
  event: AuditEvent | null;
  /** Where the act came from; null when that was erased. */
  origin: AuditOrigin | null;
}

export function auditLineOf(wire: WireAuditEvent): AuditLine {
  const { action, subject, data, seq, at, actorId, actorName, actorRole } = wire;
  const said = { action, subject, data: data ?? null };
  const from = origin.safeParse(wire.origin);
  return {
    wire,
    event: isEvent(said) ? { ...said, seq, at, actorId, actorName, actorRole } : null,
    origin: from.success ? from.data : null,
  };
}

function isEvent(event: { action: string; subject: string; data: unknown }): event is NewAuditEvent | ErasedAuditEvent {
  const action = AUDIT_ACTIONS.find((known) => known === event.action);
  return action !== undefined && (event.data === null || AUDIT_KINDS[action].payload.safeParse(event.data).success);
}
