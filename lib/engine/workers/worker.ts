import { parentPort, workerData } from 'node:worker_threads';
import { type Measurement, measure, openPair } from '../measure/measure';
import { loadModels } from '../models/sessions';

/** What the pool asks of a worker. Paths are absolute. */
export interface Job {
  number: number;
  idFile: string;
  selfieFile: string;
}

/** What a worker tells the pool: that its models are loaded, or how a job ended. */
export type Report =
  | { kind: 'ready' }
  | { kind: 'done'; number: number; measurement: Measurement }
  | { kind: 'failed'; number: number; message: string };

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');
const models = await loadModels(String(workerData.dataDir));
let turn: Promise<void> = Promise.resolve();

// A job's files are decoded while the one before it is in the models; the models take one job at a time.
port.on('message', (job: Job) => {
  const pair = openPair(job.idFile, job.selfieFile);
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

function report(message: Report): void {
  port?.postMessage(message);
}

report({ kind: 'ready' });
