// The runtime's native part can be loaded again only while a thread of this process still has it: without this line no thread
// could take the place of the last one.
import 'onnxruntime-node';
import { Worker } from 'node:worker_threads';
import type { VideoType } from '../image/sniff';
import type { Measurement } from '../measure/measure';
import type { Job, Report, Settings } from './worker';

/** Jobs a worker holds at once: one in the models, one being decoded. */
const IN_HAND = 2;

interface Waiting {
  job: Job;
  resolve(measurement: Measurement): void;
  reject(error: Error): void;
}

interface Hand {
  worker: Worker;
  ready: boolean;
  jobs: Map<number, Waiting>;
  /** Process ids of the children the thread has running. */
  children: number[];
  watchdog: NodeJS.Timeout | null;
}

export interface PoolOptions extends Settings {
  workers: number;
  /** Jobs that may wait for a thread. */
  queue: number;
  /** How long a thread may hold jobs without finishing one before it counts as stuck. */
  patienceMs: number;
}

/** Why a job was given up through no fault of its files. The message is a sentence for whoever sent it. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

/**
 * Threads that run the models, so that inference never holds up HTTP. A thread that dies or gets stuck fails the jobs it
 * held with WorkerLost, its child processes are ended, and another takes its place.
 */
export class WorkerPool {
  private readonly hands: Hand[] = [];
  private readonly waiting: Waiting[] = [];
  private next = 1;
  private closed = false;

  constructor(private readonly options: PoolOptions) {}

  /** Starts the threads and resolves when every one has its models loaded; rejects when one cannot load them. */
  async start(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.workers }, () => this.hire()));
  }

  /** True while at least one thread can work. */
  get ready(): boolean {
    return this.hands.some((hand) => hand.ready);
  }

  /** True while no further job is taken. */
  get full(): boolean {
    return this.waiting.length >= this.options.queue;
  }

  /** True when selfies may be videos, which takes an ffmpeg. */
  get seesVideo(): boolean {
    return this.options.ffmpeg !== null;
  }

  /** Looks at two files in one of the threads. Check `full` first: beyond it this throws a RangeError. Rejects with WorkerLost. */
  run(idFile: string, selfieFile: string, selfieVideo: VideoType | null = null): Promise<Measurement> {
    if (this.full) throw new RangeError('The queue is full.');
    return new Promise((resolve, reject) => {
      const job: Job = { number: this.next, idFile, selfieFile, selfieVideo };
      this.next += 1;
      this.waiting.push({ job, resolve, reject });
      if (this.hands.length === 0) this.replace();
      this.assign();
    });
  }

  /** Stops the threads and their children; jobs not finished are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    this.giveUpWaiting('The service is stopping.');
    await Promise.all(
      [...this.hands].map((hand) => {
        this.dismiss(hand, 'The service is stopping.');
        return hand.worker.terminate();
      }),
    );
  }

  private hire(): Promise<void> {
    const { dataDir, ffmpeg } = this.options;
    const workerData: Settings = { dataDir, ffmpeg };
    // The file is plain JavaScript because the thread has no TypeScript loader until that file registers one.
    const worker = new Worker(new URL('./boot.mjs', import.meta.url), { workerData, execArgv: [] });
    const hand: Hand = { worker, ready: false, jobs: new Map(), children: [], watchdog: null };
    this.hands.push(hand);
    return new Promise((resolve, reject) => {
      let failure = new Error('A worker thread ended unexpectedly.');
      worker.on('message', (report: Report) => {
        if (report.kind === 'ready') {
          hand.ready = true;
          resolve();
        } else if (report.kind === 'children') {
          hand.children = report.pids;
          // One that was started while the thread was being given up.
          if (!this.hands.includes(hand)) endChildren(hand);
          return;
        } else {
          this.finish(hand, report);
        }
        this.assign();
      });
      worker.on('error', (error: Error) => {
        failure = error;
      });
      worker.on('exit', () => {
        reject(failure);
        this.dismiss(hand, 'The part of the service that looked at it ended unexpectedly; nothing was kept. Try again.', failure);
      });
    });
  }

  /** Gives waiting jobs to the threads with the fewest in hand. */
  private assign(): void {
    while (this.waiting.length > 0) {
      const free = this.hands.filter((hand) => hand.ready && hand.jobs.size < IN_HAND).sort((a, b) => a.jobs.size - b.jobs.size)[0];
      const waiting = free && this.waiting.shift();
      if (!free || !waiting) return;
      free.jobs.set(waiting.job.number, waiting);
      if (free.jobs.size === 1) this.watch(free);
      free.worker.postMessage(waiting.job);
    }
  }

  private finish(hand: Hand, report: Extract<Report, { number: number }>): void {
    const waiting = hand.jobs.get(report.number);
    hand.jobs.delete(report.number);
    this.watch(hand);
    if (report.kind === 'done') waiting?.resolve(report.measurement);
    else waiting?.reject(new Error(report.message));
  }

  /** Starts the wait for the thread's next finished job anew. */
  private watch(hand: Hand): void {
    if (hand.watchdog !== null) clearTimeout(hand.watchdog);
    hand.watchdog = null;
    if (hand.jobs.size === 0) return;
    hand.watchdog = setTimeout(() => {
      this.dismiss(hand, 'Looking at it took too long and was given up; nothing was kept.');
      // Not waited for: a thread stuck in native code ends when that returns, if ever.
      void hand.worker.terminate();
    }, this.options.patienceMs);
  }

  private dismiss(hand: Hand, why: string, cause?: Error): void {
    const at = this.hands.indexOf(hand);
    if (at < 0) return;
    this.hands.splice(at, 1);
    if (hand.watchdog !== null) clearTimeout(hand.watchdog);
    endChildren(hand);
    for (const { reject } of hand.jobs.values()) reject(new WorkerLost(why, { cause }));
    hand.jobs.clear();
    // One that never got ready would fail again the same way.
    if (!this.closed && hand.ready) this.replace();
    else if (this.hands.length === 0) this.giveUpWaiting(why, cause);
  }

  private replace(): void {
    // Its failure reaches the jobs that wait for it through dismiss.
    this.hire().catch(() => {});
  }

  private giveUpWaiting(why: string, cause?: Error): void {
    for (const { reject } of this.waiting.splice(0)) reject(new WorkerLost(why, { cause }));
  }
}

/** Ends children by their ids. One may have ended by itself meanwhile. */
function endChildren(hand: Hand): void {
  for (const pid of hand.children.splice(0)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}
