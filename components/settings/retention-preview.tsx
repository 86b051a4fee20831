'use client';

import { useId, useState } from 'react';
import { ERASABLE, ERASABLE_WORDS } from '@/lib/domain/retention';
import { isolatedText } from '@/lib/domain/visible-text';
import { Button } from '../ui/button';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';
import type { RetentionAct } from './retention-act';
import type { Preview } from './retention-wire';

export interface RetentionPreviewProps {
  act: RetentionAct;
  preview: Preview;
  busy: boolean;
  /** With the cases it is for: those shown as erased, held or let go. */
  onConfirm: (ids: number[]) => void;
  onBack: () => void;
}

/** What an act would do to each case, before it does it. It takes the number of cases, typed, to go on. */
export function RetentionPreview({ act, preview, busy, onConfirm, onBack }: RetentionPreviewProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const lines = preview.cases.map((one) => ({ ...one, stop: obstacleOf(act, one) }));
  const chosen = lines.filter(({ stop }) => stop === null).map(({ verificationId }) => verificationId);
  const erasing = act === 'RETENTION' || act === 'REQUEST';
  const done = erasing ? 'erased' : act === 'hold' ? 'held' : 'let go';
  return (
    <div className="grid gap-3 border-line border-t pt-4">
      <h2 className="font-semibold">
        {chosen.length} of {lines.length} would be {done}
      </h2>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-md border border-line">
        {lines.map(({ verificationId, resolvedAt, dueAt, stop }) => (
          <li key={verificationId} className="flex flex-wrap items-center gap-x-3 px-3 py-1.5">
            <span className="font-mono font-semibold">{verificationId}</span>
            <span className="text-muted">
              {resolvedAt === null ? (
                'not resolved'
              ) : (
                <>
                  resolved <LocalTime at={resolvedAt} />, kept until <LocalTime at={dueAt} />
                </>
              )}
            </span>
            <span className="ml-auto">{stop === null ? <Pill tone="plain">to be {done}</Pill> : <Pill tone="warn">{stop}</Pill>}</span>
          </li>
        ))}
      </ul>
      {erasing && chosen.length > 0 && (
        <div>
          <p className="font-medium">Gone for good:</p>
          <ul className="list-inside list-disc">
            {ERASABLE.filter((name) => preview.counts[name] > 0).map((name) => (
              <li key={name}>
                {ERASABLE_WORDS[name]}: {preview.counts[name].toLocaleString('en-GB')}
              </li>
            ))}
            {linesOf(preview.named).map((line) => (
              <li key={line}>{line}</li>
            ))}
            {preview.exports > 0 && <li>files of exports that may hold one of them: {preview.exports.toLocaleString('en-GB')}</li>}
          </ul>
          <p className="mt-1 text-muted">
            What stays: that each case was decided, how, when and by whom, the fingerprints of its files and record, and the chain of the
            audit log, which still verifies. The verification API keeps its own record, and exports that were taken away keep what they
            hold; have it erased there as well.
          </p>
        </div>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === String(chosen.length) && chosen.length > 0) onConfirm(chosen);
        }}
        className="flex flex-wrap items-end gap-2"
      >
        {chosen.length > 0 && (
          <label htmlFor={`${id}-typed`} className="grid gap-1">
            Type {chosen.length} to confirm
            <input
              id={`${id}-typed`}
              value={typed}
              inputMode="numeric"
              autoComplete="off"
              onChange={({ target }) => setTyped(target.value)}
              className="h-8 w-28 rounded-md border border-line-strong bg-bg px-2.5 font-mono"
            />
          </label>
        )}
        {chosen.length > 0 && (
          <Button type="submit" variant={erasing ? 'danger' : 'primary'} disabled={busy || typed.trim() !== String(chosen.length)}>
            {busy ? 'Working…' : `${ACTION[act]} ${chosen.length} ${chosen.length === 1 ? 'case' : 'cases'}`}
          </Button>
        )}
        <Button variant="quiet" onClick={onBack}>
          Back
        </Button>
      </form>
    </div>
  );
}

function linesOf({ exports, events, views, sharedViews }: Preview['named']): string[] {
  const said = (words: string, count: number) => (count > 0 ? [`${words}: ${count.toLocaleString('en-GB')}`] : []);
  const shared = sharedViews.length > 0 ? ` (shared: ${sharedViews.map((name) => `“${isolatedText(name)}”`).join(', ')})` : '';
  return [
    ...said('filters of exports that name these people', exports),
    ...(views > 0 ? [`saved views that name these people, which are archived: ${views.toLocaleString('en-GB')}${shared}`] : []),
    ...said('entries of the log that repeat such a filter or view', events),
  ];
}

const ACTION: Record<RetentionAct, string> = {
  RETENTION: 'Erase',
  REQUEST: 'Propose to erase',
  hold: 'Hold',
  lift: 'Propose to lift the hold on',
};

function obstacleOf(act: RetentionAct, one: Preview['cases'][number]): string | null {
  if (act === 'hold') return one.hold ? 'It is under legal hold already.' : null;
  if (act === 'lift') return one.hold ? null : 'It is not under legal hold.';
  return one.obstacle;
}
