import Link from 'next/link';
import type { AuditEvent } from '@/lib/domain/audit-event';
import { visibleLines, visibleText } from '@/lib/domain/visible-text';
import type { AuditLine } from './audit-events-wire';

/** Who did it, why, when, from where, and on which case. */
export function EventFacts({ line: { wire, event, origin } }: { line: AuditLine }) {
  const why = event && reasonOf(event);
  const id = /^verification:(\d+)$/.exec(wire.subject)?.[1];
  return (
    <dl className="grid gap-x-4 gap-y-1 [overflow-wrap:anywhere] sm:grid-cols-[max-content_1fr] [&>dt]:text-muted">
      <dt>Who</dt>
      <dd>
        {wire.actorName}, {wire.actorRole} <span className="font-mono text-faint text-xs">{wire.actorId}</span>
      </dd>
      {why && (
        <>
          <dt>Why</dt>
          <dd className="whitespace-pre-wrap">{visibleLines(why)}</dd>
        </>
      )}
      <dt>When</dt>
      <dd>{new Date(wire.at).toISOString().replace('T', ' ').replace('Z', ' UTC')}</dd>
      <dt>From</dt>
      <dd>
        {origin
          ? visibleText([origin.ip, origin.userAgent, `request ${origin.requestId}`].filter((part) => part !== null).join(' · '))
          : 'erased'}
      </dd>
      {id && (
        <>
          <dt>Case</dt>
          <dd>
            <Link href={`/verifications/${id}`} prefetch={false} className="text-accent underline">
              Open verification {id}
            </Link>
          </dd>
        </>
      )}
    </dl>
  );
}

/** The words somebody gave for an act, with the reason codes before them. */
function reasonOf({ data }: AuditEvent): string | null {
  if (data === null) return null;
  const codes = 'reasonCodes' in data ? data.reasonCodes.join(', ') : '';
  const words = 'rationale' in data ? data.rationale : 'reason' in data ? data.reason : 'comment' in data ? data.comment : '';
  return [codes, words].filter((part) => part !== '').join(': ') || null;
}
