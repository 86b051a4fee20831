import type { ChangeView } from '@/lib/domain/change/change-view';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';
import { asSentence } from './change-words';

/** A proposed change in short: what it would do, who proposed it, why, and when it takes effect by itself. */
export function ChangeRow({ change }: { change: ChangeView }) {
  const { what, why, reason, proposedBy, proposedAt, takesEffectAt, own, outdated } = change;
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold [overflow-wrap:anywhere]">{asSentence(what)}</span>
        {own && <Pill tone="plain">proposed by you</Pill>}
        {outdated && <Pill tone="warn">outdated</Pill>}
        {takesEffectAt !== null && (
          <Pill tone="warn">
            takes effect <LocalTime at={takesEffectAt} />
          </Pill>
        )}
        <span className="ml-auto text-muted">
          {proposedBy}, <LocalTime at={proposedAt} />
        </span>
      </span>
      <span className="text-muted">{why}</span>
      <span className="line-clamp-2 [overflow-wrap:anywhere]">{reason}</span>
    </>
  );
}
