import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { VideoType } from '../image/sniff';
import { type Measurement, measure, openPair } from '../measure/measure';
import { loadModels } from '../models/sessions';
import type { Clip } from '../video/take-frames';

/** What the pool asks of a worker. Paths are absolute. */
export interface Job {
  number: number;
  idFile: string;
  selfieFile: string;
  /** What the selfie is when it is no picture. */
  selfieVideo: VideoType | null;
}

/** What a worker is started with. `ffmpeg` is the path of the program, or null when there is none. */
export interface Settings {
  dataDir: string;
  ffmpeg: string | null;
}

/** What a worker tells the pool: that its models are loaded, which child processes it has, or how a job ended. */
export type Report =
  | { kind: 'ready' }
  | { kind: 'children'; pids: number[] }
  | { kind: 'done'; number: number; measurement: Measurement }
  | { kind: 'failed'; number: number; message: string };

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');
const { dataDir, ffmpeg }: Settings = workerData;
// Lists are answered first when processors are short. Linux alone gives a thread a priority of its own; elsewhere this would slow
// the whole service down.
if (process.platform === 'linux') setPriority(5);
const models = await loadModels(dataDir);
const children = new Set<number>();
let turn: Promise<void> = Promise.resolve();

// A job's files are decoded while the one before it is in the models; the models take one job at a time.
port.on('message', (job: Job) => {
  const pair = openPair(job.idFile, job.selfieFile, job.selfieVideo && clipOf(job.selfieVideo));
  // Its rejection is handled when its turn comes, which may be later.
  Promise.allSettled([pair.id, pair.selfie]);
  turn = turn.then(async () => {
    try {
      report({ kind: 'done', number: job.number, measurement: await measure(models, pair) });
    } catch (error) {
      report({ kind: 'failed', number: job.number, message: error instanceof Error ? error.message : String(error) });
    }
  });
});

function clipOf(type: VideoType): Clip {
  if (ffmpeg === null) throw new Error('There is no ffmpeg to read a video with.');
  return { type, program: ffmpeg, watch };
}

/** The pool ends what this thread started when it has to end the thread, which cannot do it any more by then. */
function watch(pid: number, running: boolean): void {
  if (running) children.add(pid);
  else children.delete(pid);
  report({ kind: 'children', pids: [...children] });
}

function report(message: Report): void {
  port?.postMessage(message);
}

report({ kind: 'ready' });
