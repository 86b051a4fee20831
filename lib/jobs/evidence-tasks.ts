import { recheckLost } from '@/lib/review/evidence/recheck-lost';
import { recordRecordChanges } from '@/lib/review/record-record-changes';
import type { Task } from './task';

const EVERY_MS = 5 * 60_000;
const RECORD_EVERY_MS = 20_000;
/** A file that was just tried is left alone for a while. */
const TRIED_MS = 15 * 60_000;

/**
 * Tries lost evidence files again, so that the finding goes when the verification service has them again, and records the records that
 * were replaced after a decision on them.
 */
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
    {
      name: 'records.changed',
      atStart: true,
      run: async (signal) => {
        await recordRecordChanges(signal);
        return RECORD_EVERY_MS;
      },
    },
  ];
}
