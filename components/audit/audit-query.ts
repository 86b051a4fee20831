import { AUDIT_ACTIONS, type AuditAction } from '@/lib/domain/audit-event';
import { namesMoment } from '@/lib/domain/day-span';

/** What the audit log is narrowed to, as its URL spells it. Every part may be empty. */
export interface AuditQuery {
  /** Id of a verification, or what an address holds in its place. */
  verification: string;
  action: AuditAction | '';
  /** What is shown while no kind of event is chosen; empty leaves viewing out, which would drown everything else. */
  show: '' | 'all' | 'reading';
  /** Part of a name. */
  actor: string;
  /** Days or instants in the forms of lib/domain/day-span.ts, both included. */
  from: string;
  to: string;
}

export const NO_FILTER: AuditQuery = { verification: '', action: '', show: '', actor: '', from: '', to: '' };

/** Reads the URL; what cannot be used is left out. */
export function readAuditQuery(params: URLSearchParams): AuditQuery {
  const day = (name: string) => {
    const text = params.get(name) ?? '';
    return namesMoment(text) ? text : '';
  };
  return {
    // What is not an id stays: the server refuses it with a sentence, where leaving it out would show the whole log.
    verification: (params.get('verification') ?? '').slice(0, 200),
    action: AUDIT_ACTIONS.find((action) => action === params.get('action')) ?? '',
    show: (['all', 'reading'] as const).find((known) => known === params.get('show')) ?? '',
    actor: (params.get('actor') ?? '').slice(0, 200),
    from: day('from'),
    to: day('to'),
  };
}

/** The same as parameters of the URL. */
export function auditSearch(query: AuditQuery): URLSearchParams {
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
}

/** The same as parameters of `GET /api/audit` and of an export: a kind of event says itself whether it is viewing. */
export function auditParams({ show, ...query }: AuditQuery): URLSearchParams {
  const group = query.action !== '' || show === 'all' ? '' : show === 'reading' ? 'reading' : 'acts';
  return new URLSearchParams(Object.entries({ ...query, group }).filter(([, value]) => value !== ''));
}
