import { takeEffectOfDue } from '@/lib/changes/take-effect';
import type { Task } from './task';

const EVERY_MS = 60_000;

/** Puts changes into effect whose 72 hours passed without an answer, and those an interrupted process left agreed to but not done. */
export function changeTasks(): Task[] {
  return [
    {
      name: 'change.take-effect',
      atStart: true,
      run: async () => {
        await takeEffectOfDue();
        return EVERY_MS;
      },
    },
  ];
}
