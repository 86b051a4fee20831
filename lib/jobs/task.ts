/** A piece of scheduled work. */
export interface Task {
  /** `room.verb`, the name it is known by in the database: never give one away again. */
  name: string;
  /**
   * Does it, and answers in how many milliseconds it wants to be run again by itself, or null. A throw is logged and the task
   * comes back a minute later. When `signal` says so the process is about to end: come to a good end within seconds, the task is run
   * again at the next start if it says `atStart`.
   */
  run(signal: AbortSignal): Promise<number | null>;
  /** Whether it is run when the process starts. */
  atStart?: boolean;
  /** When it is run by the clock: minute hour day month weekday, in UTC. A time that was slept through is made up for within a day. */
  cron?: string;
}
