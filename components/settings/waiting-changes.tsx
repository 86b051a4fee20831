import Link from 'next/link';
import type { ChangeView } from '@/lib/domain/change/change-view';
import { asSentence, changeHref } from '../approvals/change-words';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';

/** The changes proposed on a screen that still wait for a second reviewer. */
export function WaitingChanges({ changes }: { changes: readonly ChangeView[] }) {
  if (changes.length === 0) return null;
  return (
    <Notice tone="warn" title={changes.length === 1 ? 'A change waits for a second reviewer.' : 'Changes wait for a second reviewer.'}>
      <ul className="grid gap-1">
        {changes.map(({ id, what, proposedBy, proposedAt, outdated }) => (
          <li key={id}>
            <Link href={changeHref(id)} prefetch={false} className="text-accent underline underline-offset-2 [overflow-wrap:anywhere]">
              {asSentence(what)}
            </Link>
            , proposed by {proposedBy}, <LocalTime at={proposedAt} />
            {outdated && ' (outdated)'}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
