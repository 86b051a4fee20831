'use client';

import Link from 'next/link';
import type { ChangeView } from '@/lib/domain/change/change-view';
import { visibleLines } from '@/lib/domain/visible-text';
import { buttonClass } from '../ui/button';
import { classNames } from '../ui/class-names';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';
import { ChangeAnswer } from './change-answer';
import { asSentence, CHANGE_STATE_WORDS } from './change-words';

export interface ChangeDetailProps {
  change: ChangeView;
  mayAnswer: boolean;
  onAnswered: (said: string) => void;
}

/** The chosen change: what changes from what to what, who proposed it and why, and the way to answer it. */
export function ChangeDetail({ change, mayAnswer, onAnswered }: ChangeDetailProps) {
  const { what, why, reason, proposedBy, proposedAt, cases, state } = change;
  const waits = state === 'WAITING';
  return (
    <section aria-label={asSentence(what)} className="min-w-0 flex-1 lg:min-h-0 lg:overflow-y-auto">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-surface px-4 py-1.5">
        <Link href="/approvals" prefetch={false} className={`${buttonClass('quiet', true)} lg:hidden`}>
          Back to the list
        </Link>
        <h2 className="font-semibold text-lg [overflow-wrap:anywhere]">{asSentence(what)}</h2>
      </header>
      <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 p-4">
        <p className="text-muted">
          Proposed by {proposedBy}, <LocalTime at={proposedAt} />. {why}
        </p>
        <Standing change={change} />
        <Differences differences={change.differences} />
        {change.willHold.length > 0 && <WillHold settings={change.willHold} />}
        {cases.length > 0 && (
          <p className="flex flex-wrap gap-x-2 gap-y-1">
            <span className="text-muted">Cases</span>
            {cases.map((id) => (
              <Link
                key={id}
                href={`/verifications/${id}`}
                prefetch={false}
                className="font-mono font-semibold text-accent underline underline-offset-2"
              >
                {id}
              </Link>
            ))}
          </p>
        )}
        <div>
          <h3 className="font-semibold">Reason</h3>
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{visibleLines(reason)}</p>
        </div>
        {waits && <ChangeAnswer change={change} mayAnswer={mayAnswer} onAnswered={onAnswered} />}
      </div>
    </section>
  );
}

function Standing({ change: { state, outcome, verdict, obstacle, outdated, takesEffectAt, stuck } }: { change: ChangeView }) {
  if (state !== 'WAITING')
    return (
      <Notice tone={state === 'TOOK_EFFECT' ? 'ok' : 'plain'} title={`This change is ${CHANGE_STATE_WORDS[state]}.`}>
        {outcome && <p>{outcome}</p>}
        {verdict && (
          <p>
            {verdict.byName}, <LocalTime at={verdict.at} />
            {verdict.comment && `: ${verdict.comment}`}
          </p>
        )}
      </Notice>
    );
  return (
    <>
      {outdated && (
        <Notice tone="warn" title={outdated}>
          Nobody can agree to it any more. Disagree or withdraw it, and propose it again if it is still needed.
        </Notice>
      )}
      {takesEffectAt !== null && (
        <Notice tone="warn" title="Nobody else can agree to this change.">
          It takes effect <LocalTime at={takesEffectAt} />, unless a manager or an administrator withdraws it. Until then every screen
          announces it.
        </Notice>
      )}
      {stuck && <Notice tone="warn" title={stuck} />}
      {obstacle && <Notice title={obstacle} />}
    </>
  );
}

function Differences({ differences }: Pick<ChangeView, 'differences'>) {
  return (
    <table className="w-full table-fixed border border-line bg-surface text-left">
      <thead>
        <tr className="border-line border-b text-muted">
          <th className="w-[44%] px-3 py-1.5 font-medium">What changes</th>
          <th className="px-3 py-1.5 font-medium">From</th>
          <th className="px-3 py-1.5 font-medium">To</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ label, from, to }) => (
          <tr key={label} className="border-line border-b align-top last:border-b-0">
            <th scope="row" className="px-3 py-1.5 font-normal">
              {label}
            </th>
            <td className="px-3 py-1.5 text-muted [overflow-wrap:anywhere]">{from}</td>
            <td className="px-3 py-1.5 font-medium [overflow-wrap:anywhere]">{to}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The whole policy once the proposal takes effect, as other settings may have changed since it was made. */
function WillHold({ settings }: { settings: ChangeView['willHold'] }) {
  return (
    <details className="rounded-lg border border-line bg-surface px-3 py-1.5">
      <summary className="cursor-pointer">Policy once this takes effect</summary>
      <dl className="mt-1 grid grid-cols-[minmax(0,11fr)_minmax(0,14fr)] gap-y-1">
        {settings.map(({ label, value, changes }) => (
          <div key={label} className="contents">
            <dt className="pr-3 text-muted">{label}</dt>
            <dd className={classNames('[overflow-wrap:anywhere]', changes && 'font-medium')}>
              {value} {changes && <span className="text-muted">(changes)</span>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
