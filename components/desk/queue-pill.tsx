'use client';

import { useEffect, useState } from 'react';
import { Pill } from '../ui/pill';
import { whenQuiet } from '../ui/when-quiet';
import { DuePill } from './due-pill';
import { countQueue, type QueueCount, waitingText } from './queue-count';

export interface QueuePillProps {
  view: string;
  /** When the case at hand was received, milliseconds since 1970. */
  receivedAt: number | null;
}

/** That the case was drawn from a queue, when it is due there, and how much still waits; counted after the first paint. */
export function QueuePill({ view, receivedAt }: QueuePillProps) {
  const [count, setCount] = useState<QueueCount | null>(null);
  useEffect(() => {
    let gone = false;
    const forget = whenQuiet(async () => {
      const found = await countQueue(view);
      if (!gone && 'count' in found) setCount(found.count);
    });
    return () => {
      gone = true;
      forget();
    };
  }, [view]);
  return (
    <>
      <Pill tone="plain" bare>
        <span className="pl-0.5">queue{count && `: ${waitingText(count)} waiting`}</span>
      </Pill>
      {count && <DuePill receivedAt={receivedAt} slaHours={count.slaHours} />}
    </>
  );
}
