import Link from 'next/link';
import { type AuditEvent, auditSentence } from '@/lib/domain/audit-event';
import { LocalTime } from '../ui/local-time';

/** Events as sentences, newest first; the whole of each, as it is hashed and stored, one click away. */
export function AuditLog({ events }: { events: (AuditEvent | { seq: number; unreadable: true })[] }) {
  return (
    <ol className="overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
      {events.map((event) => (
        <li key={event.seq} className="border-line border-b last:border-b-0">
          {'unreadable' in event ? (
            <p className="px-4 py-2 text-bad">Event {event.seq} holds something its kind does not allow.</p>
          ) : (
            <details className="group">
              <summary data-row className="grid cursor-pointer gap-x-3 px-4 py-1.5 hover:bg-raised sm:grid-cols-[64px_130px_180px_1fr]">
                <span className="font-mono text-faint">{event.seq}</span>
                <span className="text-muted">
                  <LocalTime at={event.at} />
                </span>
                <span className="truncate">
                  {event.actorName} <span className="text-faint text-xs">{event.actorRole}</span>
                </span>
                <span className="[overflow-wrap:anywhere] group-open:whitespace-pre-wrap sm:line-clamp-1 sm:group-open:line-clamp-none">
                  {auditSentence(event)} <span className="text-muted">· {subjectText(event.subject)}</span>
                </span>
              </summary>
              <div className="grid gap-2 border-line border-t bg-raised px-4 py-2">
                <SubjectLink subject={event.subject} />
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus */}
                <pre tabIndex={0} className="max-h-80 overflow-auto font-mono text-xs">
                  {JSON.stringify(event, null, 2)}
                </pre>
              </div>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function SubjectLink({ subject }: { subject: string }) {
  const id = /^verification:(\d+)$/.exec(subject)?.[1];
  if (!id) return null;
  return (
    <Link href={`/verifications/${id}`} prefetch={false} className="justify-self-start text-accent underline">
      Open verification {id}
    </Link>
  );
}

const subjectText = (subject: string) => subject.replace(':', ' ');
