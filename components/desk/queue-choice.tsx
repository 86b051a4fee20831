'use client';

import { useEffect, useState } from 'react';
import { ForeignText } from '../ui/foreign-text';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';
import { DuePill } from './due-pill';
import { countQueue, type QueueCount, waitingText } from './queue-count';

export interface QueueChoiceProps {
  id: string;
  name: string;
  chosen: boolean;
  onChoose: () => void;
}

/** One queue to draw from: its name, how much waits in it, and how late the oldest of it is. */
export function QueueChoice({ id, name, chosen, onChoose }: QueueChoiceProps) {
  const [found, setFound] = useState<Awaited<ReturnType<typeof countQueue>> | null>(null);
  useEffect(() => {
    let gone = false;
    countQueue(id).then((result) => gone || setFound(result));
    return () => {
      gone = true;
    };
  }, [id]);
  return (
    <label className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2.5 last:border-b-0 has-checked:bg-accent-soft">
      <input type="radio" name="queue" checked={chosen} onChange={onChoose} className="size-4 accent-accent" />
      <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
        <ForeignText text={name} />
      </span>
      <span className="justify-self-end whitespace-nowrap text-muted tabular-nums">
        {found === null && <span aria-hidden="true" className="block h-3 w-16 rounded bg-line" />}
        {found !== null && 'count' in found && `${waitingText(found.count)} waiting`}
      </span>
      {found !== null && (
        <span className="col-span-2 col-start-2">{'count' in found ? <Standing count={found.count} /> : found.problem}</span>
      )}
    </label>
  );
}

function Standing({ count: { waiting, assigned, overdue, passedOn, oldestAt, slaHours } }: { count: QueueCount }) {
  if (waiting === 0 && passedOn === 0) return <span className="text-muted text-xs">Nothing waits for you here.</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
      {oldestAt !== null && (
        <span>
          oldest <LocalTime at={oldestAt} />
        </span>
      )}
      {oldestAt !== null && <DuePill receivedAt={oldestAt} slaHours={slaHours} />}
      {overdue > 0 && <Pill tone="bad">{overdue.toLocaleString('en-GB')} overdue</Pill>}
      {assigned > 0 && <Pill tone="plain">{assigned.toLocaleString('en-GB')} given to you</Pill>}
      {passedOn > 0 && <span>{passedOn.toLocaleString('en-GB')} you passed on wait for others</span>}
    </span>
  );
}
