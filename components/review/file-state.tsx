import { problemSentence } from '@/lib/domain/evidence-problem';
import type { EvidenceState } from '@/lib/domain/evidence-state';
import { StatePill } from '../evidence/state-pill';
import { LocalTime } from '../ui/local-time';

/** The fingerprint of a file and its state in a word. */
export function FileState({ state }: { state: EvidenceState }) {
  const { sha256 } = state;
  return (
    <span className="flex shrink-0 items-center gap-2 text-xs">
      {sha256 && (
        <code title={`sha256 ${sha256}`} className="font-mono text-2xs text-muted">
          <span className="sr-only">sha256 </span>
          {sha256.slice(0, 4)}…{sha256.slice(-4)}
        </code>
      )}
      <StatePill state={state} />
    </span>
  );
}

/** When and by whom a file was first seen, why it is lost, and when it held other bytes. */
export function FileHistory({ state }: { state: EvidenceState }) {
  const { first, readAt, checkedAt, others } = state;
  return (
    <>
      {first && (
        <p className="text-faint text-xs">
          first seen <LocalTime at={first.at} />
          {first.by !== null && ` by ${first.by}`}, last read <LocalTime at={readAt} />
        </p>
      )}
      {first && state.state === 'not-checked' && (
        <p className="text-xs">
          not yet checked since <LocalTime at={checkedAt} />
        </p>
      )}
      {!first && state.state === 'not-checked' && <p className="text-faint text-xs">never read to its end</p>}
      {state.state === 'lost' && <p className="text-bad text-xs">{problemSentence(state.problem ?? '')}</p>}
      {others.map(({ from, until, sha256, acknowledged }) => (
        <p key={`${sha256} ${from}`} className={acknowledged ? 'text-muted text-xs' : 'text-bad text-xs'}>
          {until === null ? 'other bytes since ' : 'held other bytes from '}
          <LocalTime at={from} />
          {until !== null && (
            <>
              {' to '}
              <LocalTime at={until} />
            </>
          )}
          {acknowledged && `; acknowledged by ${acknowledged.by}: ${acknowledged.reason}`}
        </p>
      ))}
    </>
  );
}
