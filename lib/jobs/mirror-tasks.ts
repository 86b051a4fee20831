import { env } from '@/lib/env';
import { followStretch } from '@/lib/mirror/follow-stretch';
import { runStretch, type StretchResult } from '@/lib/mirror/run-stretch';
import { FOLLOW_TASK } from '@/lib/mirror/sync-request';
import type { Task } from './task';

/** How long backfill and sweep go on before they let the others have a turn. */
const STRETCH_MS = 5_000;
const SOON_MS = 100;

const interval = () => env().SYNC_INTERVAL_SECONDS * 1000;

/** The three kinds of sync; none when the settings want no index. */
export function mirrorTasks(): Task[] {
  if (interval() === 0) return [];
  return [
    {
      name: FOLLOW_TASK,
      atStart: true,
      run: async (signal) => next(await followStretch(signal, Date.now() + STRETCH_MS), interval()),
    },
    {
      name: 'mirror.backfill',
      atStart: true,
      run: async (signal) => next(await runStretch('backfill', { signal, until: Date.now() + STRETCH_MS }), null),
    },
    {
      name: 'mirror.sweep',
      cron: '30 2 * * *',
      run: async (signal) => next(await runStretch('sweep', { signal, until: Date.now() + STRETCH_MS }), null),
    },
  ];
}

function next(result: StretchResult, whenDone: number | null): number | null {
  if (result.state === 'done') return whenDone;
  if (result.state === 'stopped') return SOON_MS;
  if (result.state === 'elsewhere') return interval();
  return Math.max(SOON_MS, result.until.getTime() - Date.now());
}
