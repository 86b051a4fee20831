import { sweepExports } from '@/lib/export/sweep-exports';
import type { Task } from './task';

const EVERY_MS = 10 * 60_000;

/** Exports whose time is over, and those whose writer died. */
export function exportTasks(): Task[] {
  return [
    {
      name: 'export.sweep',
      atStart: true,
      run: async () => {
        await sweepExports();
        return EVERY_MS;
      },
    },
  ];
}
