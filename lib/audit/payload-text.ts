import type { Actor } from '@/lib/domain/actor';
import { AUDIT_KINDS, type NewAuditEvent } from '@/lib/domain/audit-event';
import { canonicalJson } from './canonical-json';

/** An event's payload as it is hashed and stored: what it says and where the act came from. Throws when the data is not what the action says. */
export function payloadText(actor: Actor, event: NewAuditEvent): string {
  const data = AUDIT_KINDS[event.action].payload.parse(event.data);
  const { requestId, ip, userAgent } = actor.origin;
  return canonicalJson({ data, origin: { requestId, ip, userAgent } });
}
