import { recheckLost } from '@/lib/review/evidence/recheck-lost';
import type { Task } from './task';

const EVERY_MS = 5 * 60_000;
/** A file that was just tried is left alone for a while. */
const TRIED_MS = 15 * 60_000;

/** Tries lost evidence files again, so that the finding goes when the verification service has them again. */
export function evidenceTasks(): Task[] {
  return [
    {
      name: 'evidence.recheck-lost',
      atStart: true,
      run: async (signal) => {
        await recheckLost(Date.now() - TRIED_MS, signal);
        return EVERY_MS;
      },
    },
  ];
}
