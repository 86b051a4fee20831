'use client';

import { useEffect, useState } from 'react';
import { type DueState, dueAt, dueState } from '@/lib/domain/due-state';
import { formatTime } from '../ui/format-time';
import { Pill, type Tone } from '../ui/pill';
import { useTimeZone } from '../ui/time-zone';
import { dueText } from './due-text';

const TICK_MS = 30_000;
const TONE: Record<DueState, Tone> = { ok: 'plain', soon: 'warn', overdue: 'bad' };

/** When a case is due and how it stands: calm, soon, or late. `receivedAt` is milliseconds since 1970. */
export function DuePill({ receivedAt, slaHours }: { receivedAt: number | null; slaHours: number }) {
  const zone = useTimeZone();
  // The server's clock is not the reader's: said once the page is in the browser.
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (now === null) return null;
  const due = dueAt(receivedAt, slaHours);
  const state = dueState(receivedAt, slaHours, now);
  return (
    <Pill
      tone={TONE[state]}
      bare={state === 'ok'}
      title={due === null ? 'Nobody knows when it was received' : `${slaHours} h after it was received: ${formatTime(due, 'full', zone)}`}
    >
      {due === null ? 'due: unknown' : state === 'overdue' ? `was due ${dueText(due, now)}` : `due ${dueText(due, now)}`}
    </Pill>
  );
}
