import type { AuditEvent } from '@/lib/domain/audit-event';
import type { MachineResult } from '@/lib/domain/verification';
import { visibleLines } from '@/lib/domain/visible-text';
import { ForeignText } from '../ui/foreign-text';
import { LocalTime } from '../ui/local-time';
import { timelineEntries } from './timeline-entries';

export interface TimelineProps {
  events: AuditEvent[];
  /** Events of this person read "You". */
  viewerId: string;
  /** Where it began; null when the record is not at hand. */
  received: { at: number | null; machineResult: MachineResult } | null;
}

/** Everything that happened to a case, newest first. */
export function Timeline({ events, viewerId, received }: TimelineProps) {
  return (
    <ol className="grid gap-1">
      {timelineEntries(events).map(({ key, at, actorId, actorName, sentence }) => (
        <Line key={key} at={at}>
          {actorId === viewerId ? 'You' : <ForeignText text={actorName} />} <bdi>{visibleLines(sentence)}</bdi>
        </Line>
      ))}
      {received && <Line at={received.at}>Received; machine: {received.machineResult === 'VERIFIED' ? 'verified' : 'not verified'}</Line>}
    </ol>
  );
}

function Line({ at, children }: { at: number | null; children: React.ReactNode }) {
  return (
    <li className="grid grid-cols-[92px_1fr] gap-2">
      <span className="text-faint text-xs leading-[1.6]">
        <LocalTime at={at} />
      </span>
      <span className="line-clamp-3 [overflow-wrap:anywhere]">{children}</span>
    </li>
  );
}
