import { auditSentence } from '@/lib/domain/audit-event';
import { visibleLines } from '@/lib/domain/visible-text';
import { ForeignText } from '../ui/foreign-text';
import { LocalTime } from '../ui/local-time';
import type { AuditLine } from './audit-events-wire';
import { EventFacts } from './event-facts';

/** Events as sentences, newest first; who, why and from where, and the whole of each as it is hashed and stored, one click away. */
export function AuditLog({ lines }: { lines: AuditLine[] }) {
  return (
    <ol className="overflow-hidden rounded-lg border border-line bg-surface empty:hidden">
      {lines.map((line) => (
        <li key={line.wire.seq} className="border-line border-b last:border-b-0">
          <details className="group">
            <summary data-row className="grid cursor-pointer gap-x-3 px-4 py-1.5 hover:bg-raised sm:grid-cols-[64px_130px_180px_1fr]">
              <span className="font-mono text-faint">{line.wire.seq}</span>
              <span className="text-muted">
                <LocalTime at={line.wire.at} />
              </span>
              <span className="truncate">
                <ForeignText text={line.wire.actorName} /> <span className="text-faint text-xs">{line.wire.actorRole}</span>
              </span>
              <span className="[overflow-wrap:anywhere] group-open:whitespace-pre-wrap sm:line-clamp-1 sm:group-open:line-clamp-none">
                {line.event ? (
                  <bdi>{visibleLines(auditSentence(line.event))}</bdi>
                ) : (
                  <span className="text-bad">holds something its kind does not allow</span>
                )}{' '}
                <span className="text-muted">· {line.wire.subject.replace(':', ' ')}</span>
              </span>
            </summary>
            <div className="grid gap-3 border-line border-t bg-raised px-4 py-3">
              <EventFacts line={line} />
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus */}
              <pre tabIndex={0} className="max-h-80 overflow-auto rounded-md border border-line bg-bg p-2 font-mono text-xs">
                {visibleLines(JSON.stringify(line.wire, null, 2))}
              </pre>
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}
