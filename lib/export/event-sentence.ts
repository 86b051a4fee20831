import { AUDIT_KINDS, type AuditAction, auditSentence } from '@/lib/domain/audit-event';

/**
 * What an event says, as the screens say it, from its action and the payload's text (null where it was erased). An extract does not
 * end at one entry that cannot be read: it says so in its place.
 */
export function eventSentence(action: string, payload: string | null): string {
  if (!isAction(action)) return `left an entry of a kind not known here (${action})`;
  if (payload === null) return auditSentence({ action, subject: '', data: null });
  try {
    const { data }: { data?: unknown } = JSON.parse(payload);
    return AUDIT_KINDS[action].tell(data);
  } catch {
    return `left an entry that cannot be read here (${action})`;
  }
}

function isAction(action: string): action is AuditAction {
  return Object.hasOwn(AUDIT_KINDS, action);
}
