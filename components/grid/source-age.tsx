import { ageText } from './age-text';
import { useNow } from './use-now';

const TICK_MS = 5000;

/** Where the rows come from and how old they are. `at` is milliseconds since 1970. */
export function SourceAge({ at, stale }: { at: number; stale: boolean }) {
  const now = useNow(TICK_MS, at);
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden="true" className={`size-[7px] rounded-full ${stale ? 'bg-warn' : 'bg-ok'}`} />
      <span>
        {stale ? 'not live' : 'live'}
        {!stale && <span className="hidden sm:inline"> from the verification API</span>} · {ageText(now - at)}
      </span>
    </span>
  );
}
