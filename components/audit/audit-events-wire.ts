import * as z from 'zod/mini';
import { AUDIT_ACTIONS, AUDIT_KINDS, type AuditEvent, type ErasedAuditEvent, type NewAuditEvent } from '@/lib/domain/audit-event';

/** One event as `GET /api/audit` answers it: what it says is checked by the kind it claims to be. */
const wireEvent = z.object({
  seq: z.int(),
  at: z.number(),
  actorId: z.string(),
  actorName: z.string(),
  actorRole: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  subject: z.string(),
  data: z.unknown(),
});

export const wireAuditPage = z.object({ events: z.array(wireEvent), nextCursor: z.nullable(z.string()) });
export type WireAuditEvent = z.infer<typeof wireEvent>;

/** The event, or null when it does not hold what its kind must. */
export function auditEventOf(event: WireAuditEvent): AuditEvent | null {
  const { action, subject, data, ...link } = event;
  const said = { action, subject, data: data ?? null };
  return isEvent(said) ? { ...said, ...link } : null;
}

function isEvent(event: {
  action: (typeof AUDIT_ACTIONS)[number];
  subject: string;
  data: unknown;
}): event is NewAuditEvent | ErasedAuditEvent {
  return event.data === null || AUDIT_KINDS[event.action].payload.safeParse(event.data).success;
}
