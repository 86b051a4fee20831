import Link from 'next/link';
import type { ChangeView } from '@/lib/domain/change/change-view';
import { LocalTime } from '../ui/local-time';
import { asSentence, CHANGE_STATE_WORDS, changeHref } from './change-words';

/** The newest changes that no longer wait, and what came of them. */
export function SettledChanges({ changes }: { changes: readonly ChangeView[] }) {
  if (changes.length === 0) return null;
  return (
    <details className="mt-3 rounded-lg border border-line bg-surface px-4 py-2">
      <summary className="cursor-pointer">Previous changes</summary>
      <ul className="mt-1 grid gap-1.5">
        {changes.map(({ id, what, state, proposedBy, proposedAt }) => (
          <li key={id}>
            <Link href={changeHref(id)} prefetch={false} className="text-accent underline underline-offset-2 [overflow-wrap:anywhere]">
              {asSentence(what)}
            </Link>{' '}
            <span className="text-muted">
              {CHANGE_STATE_WORDS[state]}; {proposedBy}, <LocalTime at={proposedAt} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
