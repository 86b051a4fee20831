import { auditTasks } from './audit-tasks';
import { changeTasks } from './change-tasks';
import { evidenceTasks } from './evidence-tasks';
import { exportTasks } from './export-tasks';
import { mirrorTasks } from './mirror-tasks';
import type { Task } from './task';

/**
 * Everything that runs by schedule. To add a task: a file beside this one that makes `Task`s out of calls of its room (this room
 * may import mirror, audit, review and export), and its line here. What a task does is safe to do twice: a killed process's
 * task is run again.
 */
export function allTasks(): Task[] {
  return [...mirrorTasks(), ...auditTasks(), ...changeTasks(), ...exportTasks(), ...evidenceTasks()];
}
