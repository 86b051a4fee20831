import { Worker } from 'node:worker_threads';
import type { Measurement } from '../measure/measure';
import type { Job, Report } from './worker';

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
}

/**
 * Threads that run the models, so that inference never holds up HTTP. At most `queue` jobs wait for a thread.
 * A thread that dies fails the jobs it held and is replaced.
 */
export class WorkerPool {
  private readonly hands: Hand[] = [];
  private readonly waiting: Waiting[] = [];
  private next = 1;
  private closed = false;

  constructor(private readonly options: { dataDir: string; workers: number; queue: number }) {}

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

  /** Looks at two files in one of the threads. Check `full` first: beyond it this throws a RangeError. */
  run(idFile: string, selfieFile: string): Promise<Measurement> {
    if (this.full) throw new RangeError('The queue is full.');
    return new Promise((resolve, reject) => {
      const job: Job = { number: this.next, idFile, selfieFile };
      this.next += 1;
      this.waiting.push({ job, resolve, reject });
      this.assign();
    });
  }

  /** Stops the threads; jobs not finished are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.waiting.splice(0)) reject(new Error('The service is stopping.'));
    await Promise.all(this.hands.map((hand) => hand.worker.terminate()));
  }

  private hire(): Promise<void> {
    // The file is plain JavaScript because the thread has no TypeScript loader until that file registers one.
    const worker = new Worker(new URL('./boot.mjs', import.meta.url), { workerData: { dataDir: this.options.dataDir }, execArgv: [] });
    const hand: Hand = { worker, ready: false, jobs: new Map() };
    this.hands.push(hand);
    return new Promise((resolve, reject) => {
      let failure = new Error('A worker thread ended unexpectedly.');
      worker.on('message', (report: Report) => {
        if (report.kind === 'ready') {
          hand.ready = true;
          resolve();
        } else {
          this.finish(hand, report);
        }
        this.assign();
      });
      worker.on('error', (error: Error) => {
        failure = error;
      });
      worker.on('exit', () => {
        this.dismiss(hand, failure);
        reject(failure);
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
      free.worker.postMessage(waiting.job);
    }
  }

  private finish(hand: Hand, report: Exclude<Report, { kind: 'ready' }>): void {
    const waiting = hand.jobs.get(report.number);
    hand.jobs.delete(report.number);
    if (report.kind === 'done') waiting?.resolve(report.measurement);
    else waiting?.reject(new Error(report.message));
  }

  private dismiss(hand: Hand, failure: Error): void {
    this.hands.splice(this.hands.indexOf(hand), 1);
    for (const { reject } of hand.jobs.values()) reject(failure);
    // One that never got ready would fail again the same way.
    if (!this.closed && hand.ready) this.hire().catch(() => {});
  }
}
