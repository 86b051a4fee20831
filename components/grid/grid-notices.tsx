import type { ReactNode } from 'react';
import { isolatedText } from '@/lib/domain/visible-text';
import { Button } from '../ui/button';
import { formatTime } from '../ui/format-time';
import { Notice } from '../ui/notice';
import { useTimeZone } from '../ui/time-zone';
import { FailureAction } from './failure-action';
import type { GridPage, IndexAge } from './grid-page';
import type { LoadFailure } from './load-failure';
import { LoadProblem } from './load-problem';
import { formatCount } from './page-range';

/** What the reader has to know about the rows. Stands under them, so that no row moves when it comes or goes. */
export function GridNotices({ children }: { children: ReactNode }) {
  return <div className="flex shrink-0 flex-col gap-1.5 border-line border-t bg-surface px-3 py-1.5 empty:hidden sm:px-4">{children}</div>;
}

/** The last try failed while older rows are shown. `loadedAt` in milliseconds since 1970. */
export function StaleNotice(props: { loadedAt: number; failure: LoadFailure; busy: boolean; onRetry: () => void }) {
  const { loadedAt, failure, busy, onRetry } = props;
  const zone = useTimeZone();
  return (
    <Notice
      tone="warn"
      title={`Showing what was loaded at ${formatTime(loadedAt, 'clock', zone)} (${zone}); the refresh failed.`}
      action={<FailureAction onRetry={onRetry} busy={busy} small />}
    >
      <LoadProblem failure={failure} />
    </Notice>
  );
}

export function ReviewsNotice({ onRetry }: { onRetry: () => void }) {
  return (
    <Notice
      tone="warn"
      title="What was decided here could not be looked up."
      action={
        <Button small onClick={onRetry}>
          Try again
        </Button>
      }
    >
      The records are complete; their state reads “unknown here”.
    </Notice>
  );
}

export function UnreadableNotice({ page }: { page: GridPage }) {
  const { unreadable, unreadableIds } = page;
  return (
    <Notice tone="warn" title={unreadable === 1 ? '1 record could not be read' : `${formatCount(unreadable)} records could not be read`}>
      {unreadableIds.length > 0 ? `They call themselves ${unreadableIds.map(isolatedText).join(', ')}.` : 'They name no id.'} The count of
      all records includes them.
    </Notice>
  );
}

/** The index does not hold everything yet, or has stopped following. */
export function IndexNotice({ age, action }: { age: IndexAge; action: ReactNode }) {
  if (age.failure) {
    return (
      <Notice tone="warn" title="The index does not follow the verification API right now; newer records may be missing." action={action}>
        {age.failure}
      </Notice>
    );
  }
  const far = age.total === null ? '' : `: ${formatCount(age.done)} of ${formatCount(age.total)} records so far`;
  return (
    <Notice tone="warn" title={`The index is still being filled${far}.`} action={action}>
      Records may be missing here. The verification API itself has all of them.
    </Notice>
  );
}
