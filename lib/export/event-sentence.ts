import { AUDIT_KINDS, type AuditAction, auditSentence } from '@/lib/domain/audit-event';

/**
 * What an event says, as the screens say it, from its action and the payload's text (null where it was erased). An extract does not
 * end at one entry that cannot be read: it says so in its place.
 */
export function eventSentence(action: string, payload: string | null): string {
  if (!isAction(action)) return `left an entry of a kind not known here (${action})`;
  if (payload === null) return auditSentence({ action, subject: '', data: null });
  try {
    return AUDIT_KINDS[action].tell(dataOf(payload));
  } catch {
    return `left an entry that cannot be read here (${action})`;
  }
}

function isAction(action: string): action is AuditAction {
  return Object.hasOwn(AUDIT_KINDS, action);
}

const DATA = '{"data":';
const ORIGIN = ',"origin":';

// A payload is canonical JSON: the data, then where the act came from, which is most of the text and in no sentence. Within a text of
// JSON these signs cannot stand as they are. What is written otherwise is read as a whole.
function dataOf(payload: string): unknown {
  const end = payload.lastIndexOf(ORIGIN);
  if (end > 0 && payload.startsWith(DATA)) {
    try {
      return JSON.parse(payload.slice(DATA.length, end));
    } catch {}
  }
  const { data }: { data?: unknown } = JSON.parse(payload);
  return data;
}
