import type { Verification } from '@/lib/domain/verification';
import { classNames } from '../ui/class-names';
import { LocalTime } from '../ui/local-time';
import { MachineResultPill } from '../ui/machine-result-pill';
import { CaseLink } from './case-link';
import { facesText, matchText, NOTHING } from './cell-text';
import { CustomerCell } from './customer-cell';
import { FindingsCell } from './findings-cell';
import { StateCell } from './state-cell';

export interface GridListProps {
  verifications: Verification[];
  busy: boolean;
  current: number | null;
  onMark: (id: number) => void;
}

/** The rows of one page where a table has no room: one card each, the whole of it a link. */
export function GridList({ verifications, busy, current, onMark }: GridListProps) {
  return (
    <ul aria-busy={busy} aria-label="Verifications" className="bg-surface">
      {verifications.map((verification) => (
        <li
          key={verification.id}
          data-row={verification.id}
          onFocus={() => onMark(verification.id)}
          className={classNames(
            'group/row relative flex flex-col gap-1.5 border-line border-b px-3 py-2.5 [&_a]:after:absolute [&_a]:after:inset-0 [&_button]:relative [&_button]:z-10',
            verification.id === current && 'shadow-[inset_3px_0_var(--accent)]',
          )}
        >
          <Card verification={verification} />
        </li>
      ))}
    </ul>
  );
}

function Card({ verification }: { verification: Verification }) {
  const match = matchText(verification);
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <span className="flex items-center gap-2 text-base">
          <CaseLink id={verification.id} />
          <MachineResultPill result={verification.machineResult} />
        </span>
        <span className="text-muted">
          <LocalTime at={verification.receivedAt} />
        </span>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <StateCell id={verification.id} />
        <span className="flex items-center gap-1">
          <span className="text-muted">Customer</span>
          <CustomerCell verification={verification} />
        </span>
      </div>
      <div className="flex items-center justify-between gap-4 text-muted">
        <span className="min-w-0 truncate">
          {verification.idFileName || NOTHING} · {verification.selfieFileName || NOTHING}
        </span>
        <span className="shrink-0">
          faces <span className="font-mono">{facesText(verification.faceCount)}</span>
          {match.text !== NOTHING && (
            <>
              {' · '}match <span className="font-mono">{match.text}</span>
            </>
          )}
        </span>
      </div>
      <FindingsCell verification={verification} quiet />
    </>
  );
}
