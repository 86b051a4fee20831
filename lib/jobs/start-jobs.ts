import { Logger, parseCronItems, type Runner, run, type TaskList } from 'graphile-worker';
import type { Logger as Log } from 'pino';
import type { Task } from './task';

export interface RunningJobs {
  /** Resolves or rejects when the work ended by itself. */
  ended: Promise<void>;
  /** Tells the running tasks to come to an end, and waits for them. */
  stop(): Promise<void>;
}

const CONCURRENCY = 4;
const POLL_MS = 1_000;
const AFTER_A_FAULT_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Runs the tasks on the schedule kept in PostgreSQL schema `graphile_worker`, which it creates. Several processes may do so on
 * one database: each run of a task falls to one of them. Throws what keeps it from starting.
 */
export async function startJobs(databaseUrl: string, tasks: Task[], log: Log): Promise<RunningJobs> {
  const stopping = new AbortController();
  const runner = await run({
    connectionString: databaseUrl,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => log[level === 'warning' ? 'warn' : level === 'error' ? 'error' : 'debug'](message)),
    taskList: Object.fromEntries(tasks.map((task) => [task.name, executorOf(task, stopping.signal, log)])),
    parsedCronItems: parseCronItems(tasks.flatMap(cronItem)),
  });
  for (const { name, atStart } of tasks) if (atStart) await schedule(runner, name, 0);
  return {
    ended: runner.promise,
    stop: async () => {
      stopping.abort();
      await runner.stop();
    },
  };
}

// A task that fails comes back by this rule alone: the library's own would wait longer each time, for days in the end.
function executorOf(task: Task, signal: AbortSignal, log: Log): NonNullable<TaskList[string]> {
  return async (_payload, helpers) => {
    const again = await task.run(signal).catch((fault: unknown) => {
      log.error({ err: fault, task: task.name }, 'a task failed');
      return AFTER_A_FAULT_MS;
    });
    if (again !== null) await schedule(helpers, task.name, again);
  };
}

// The name is the key too: however often it is asked for, a task waits once.
async function schedule(to: Pick<Runner, 'addJob'>, name: string, inMs: number): Promise<void> {
  await to.addJob(name, {}, { jobKey: name, runAt: new Date(Date.now() + inMs) });
}

function cronItem({ name, cron }: Task) {
  return cron === undefined ? [] : [{ task: name, match: cron, identifier: name, options: { backfillPeriod: DAY_MS, jobKey: name } }];
}
