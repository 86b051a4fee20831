import { ArrowUpRight } from 'lucide-react';
import { SUBMISSION_TAG } from '@/lib/domain/submission';
import { formatTagFilter } from '@/lib/domain/tag-filter';
import { Button, buttonClass } from '../ui/button';
import { Notice } from '../ui/notice';
import type { SendProgress } from './send-form';
import type { Ended } from './use-submission';

/** How far the attempt is, or how it ended. */
export function SubmitStatus({ progress, ended, onForget }: { progress: SendProgress | null; ended: Ended | null; onForget: () => void }) {
  if (ended?.kind === 'done') return <Notice tone="ok" title={`Verification ${ended.id} is made; it opens now.`} />;
  if (progress !== null) return <Progress progress={progress} />;
  if (ended?.kind === 'cancelled') return <Notice title="Cancelled; nothing was submitted." />;
  if (ended?.kind === 'refused' && ended.field === null) return <Notice tone="bad" title={ended.message} />;
  if (ended?.kind === 'refused') return <Notice tone="bad" title="The verification service refused this submission; see above." />;
  if (ended?.kind === 'unknown') return <Unknown ended={ended} onForget={onForget} />;
  return null;
}

function Unknown({ ended, onForget }: { ended: Extract<Ended, { kind: 'unknown' }>; onForget: () => void }) {
  const filter = formatTagFilter({ name: SUBMISSION_TAG, value: ended.submission });
  return (
    <Notice tone="warn" title={ended.message}>
      <p className="mt-2 flex flex-wrap gap-2">
        <a
          href={`/verifications?${new URLSearchParams({ tagFilter: filter })}`}
          target="_blank"
          rel="noopener"
          className={`${buttonClass('primary')} max-w-full`}
        >
          Look for it
          <ArrowUpRight aria-hidden="true" className="size-4" />
          <span className="sr-only">(opens in a new tab)</span>
        </a>
        <Button variant="quiet" onClick={onForget}>
          Dismiss
        </Button>
      </p>
      <p className="mt-2 break-all font-mono text-xs">{filter}</p>
    </Notice>
  );
}

function Progress({ progress }: { progress: SendProgress }) {
  const looking = progress === 'looking';
  const percent = looking ? 100 : Math.floor(progress * 100);
  const words = looking ? 'The service is looking at the two files.' : `Sending, ${percent} %`;
  return (
    <div>
      <p role="status">{looking ? words : 'Sending the two files.'}</p>
      <div
        role="progressbar"
        aria-label="Submission"
        aria-valuetext={words}
        {...(!looking && { 'aria-valuenow': percent, 'aria-valuemin': 0, 'aria-valuemax': 100 })}
        className="mt-2 h-2 overflow-hidden rounded-full bg-raised ring-1 ring-line ring-inset"
      >
        <div
          className={looking ? 'h-full w-full animate-pulse bg-accent' : 'h-full bg-accent'}
          style={looking ? undefined : { width: `${percent}%` }}
        />
      </div>
    </div>
  );
}
