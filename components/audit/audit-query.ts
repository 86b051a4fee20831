import { AUDIT_ACTIONS, type AuditAction } from '@/lib/domain/audit-event';

/** What the audit log is narrowed to, as its URL spells it. Every part may be empty. */
export interface AuditQuery {
  /** Number of a verification. */
  verification: string;
  action: AuditAction | '';
  /** Part of a name. */
  actor: string;
  /** Days in UTC, `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
}

export const NO_FILTER: AuditQuery = { verification: '', action: '', actor: '', from: '', to: '' };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the URL; what cannot be used is left out. */
export function readAuditQuery(params: URLSearchParams): AuditQuery {
  const day = (name: string) => {
    const text = params.get(name) ?? '';
    return DAY.test(text) && Number.isFinite(Date.parse(text)) ? text : '';
  };
  return {
    verification: /^\d{1,15}$/.test(params.get('verification') ?? '') ? (params.get('verification') ?? '') : '',
    action: AUDIT_ACTIONS.find((action) => action === params.get('action')) ?? '',
    actor: (params.get('actor') ?? '').slice(0, 200),
    from: day('from'),
    to: day('to'),
  };
}

/** The same as parameters of the URL and of `GET /api/audit`. */
export function auditSearch(query: AuditQuery): URLSearchParams {
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
}
