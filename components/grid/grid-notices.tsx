import { Button } from '../ui/button';
import { formatTime } from '../ui/format-time';
import { Notice } from '../ui/notice';
import { FailureAction } from './failure-action';
import type { GridPage } from './grid-page';
import type { LoadFailure } from './load-failure';
import { LoadProblem } from './load-problem';

export interface GridNoticesProps {
  page: GridPage | undefined;
  /** Milliseconds since 1970. */
  loadedAt: number;
  /** Why the last refresh failed while older rows are shown. */
  staleBecause: LoadFailure | null;
  refreshing: boolean;
  onRetry: () => void;
  reviewsFailed: boolean;
  onRetryReviews: () => void;
}

/** What the reader has to know about the rows. Stands under them, so that no row moves when it comes or goes. */
export function GridNotices({ page, loadedAt, staleBecause, refreshing, onRetry, reviewsFailed, onRetryReviews }: GridNoticesProps) {
  const unreadable = page && page.verifications.length > 0 ? page.unreadable : 0;
  if (!staleBecause && !reviewsFailed && unreadable === 0) return null;
  return (
    <div className="flex shrink-0 flex-col gap-1.5 border-line border-t bg-surface px-3 py-1.5 sm:px-4">
      {staleBecause && (
        <Notice
          tone="warn"
          title={`Showing what was loaded at ${formatTime(loadedAt, 'clock', false)}; the refresh failed.`}
          action={<FailureAction failure={staleBecause} onRetry={onRetry} busy={refreshing} small />}
        >
          <LoadProblem failure={staleBecause} />
        </Notice>
      )}
      {reviewsFailed && (
        <Notice
          tone="warn"
          title="What was decided here could not be looked up."
          action={
            <Button small onClick={onRetryReviews}>
              Try again
            </Button>
          }
        >
          The records are complete; their state reads “unknown here”.
        </Notice>
      )}
      {page && unreadable > 0 && (
        <Notice tone="warn" title={unreadable === 1 ? '1 record could not be read' : `${unreadable} records could not be read`}>
          {page.unreadableIds.length > 0 ? `They call themselves ${page.unreadableIds.join(', ')}.` : 'They name no id.'} The count of all
          records includes them.
        </Notice>
      )}
    </div>
  );
}
