import { useServerClock } from '../sync/use-sync';
import { ageText } from './age-text';
import { useNow } from './use-now';

const TICK_MS = 5000;
const OLD_MS = 120_000;

/** That the rows come from the upstream itself, and how long ago. `at` is milliseconds since 1970. */
export function LiveAge({ at, stale }: { at: number; stale: boolean }) {
  const now = useNow(TICK_MS, at);
  return (
    <Source warn={stale}>
      {stale ? 'not live' : 'live'}
      {!stale && <span className="hidden sm:inline"> from the verification API</span>} · {ageText(now - at)}
    </Source>
  );
}

/**
 * That the rows come from the index, when the index last followed the upstream, and when the rows were read where that is longer
 * ago. Milliseconds since 1970: `at` and `syncedAt` by the server's clock, `readAt` by this browser's, 0 before the first answer.
 */
export function IndexAgeText({ at, syncedAt, readAt }: { at: number; syncedAt: number | null; readAt: number }) {
  const now = useServerClock(at, TICK_MS);
  const read = useNow(TICK_MS, readAt) - readAt;
  if (syncedAt === null) return <Source warn>index, never synced</Source>;
  return (
    <Source warn={now - syncedAt > OLD_MS}>
      index<span className="hidden sm:inline">, followed the upstream</span> {ageText(now - syncedAt)}
      {readAt > 0 && read > OLD_MS && ` · read ${ageText(read)}`}
    </Source>
  );
}

function Source({ warn, children }: { warn: boolean; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden="true" className={`size-[7px] rounded-full ${warn ? 'bg-warn' : 'bg-ok'}`} />
      <span>{children}</span>
    </span>
  );
}
