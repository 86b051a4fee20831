import type { DecodeReply, DecodeRequest } from './decode-protocol';

/** A worker that cannot even start says nothing about what it was asked. */
export class WorkerLost extends Error {}

export type Answered = Exclude<DecodeReply, { problem: string }>;

let last = 0;
let worker: Worker | null = null;
const waiting = new Map<number, { resolve: (reply: Answered) => void; reject: (problem: Error) => void }>();

/** Names a picture or an answer, unlike any before it. */
export function nextNumber(): number {
  last += 1;
  return last;
}

/** Asks the worker, and waits for its answer. Throws what it answers instead, or `WorkerLost`. */
export function askWorker(request: Exclude<DecodeRequest, { ask: 'close' }>): Promise<Answered> {
  return new Promise((resolve, reject) => {
    waiting.set(request.answer, { resolve, reject });
    started().postMessage(request);
  });
}

/** Tells the worker, if there is one. */
export function tellWorker(request: Extract<DecodeRequest, { ask: 'close' }>): void {
  worker?.postMessage(request);
}

// One worker for all pictures of the tab: starting one for each would cost more than most pictures take to decode.
function started(): Worker {
  if (worker) return worker;
  const starting = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  starting.addEventListener('message', ({ data }: MessageEvent<DecodeReply>) => {
    const asker = waiting.get(data.answer);
    waiting.delete(data.answer);
    if ('problem' in data) asker?.reject(new Error(data.problem));
    else if (asker) asker.resolve(data);
    else if ('bitmap' in data) data.bitmap.close();
  });
  starting.addEventListener('error', () => {
    starting.terminate();
    if (worker === starting) worker = null;
    for (const { reject } of waiting.values()) reject(new WorkerLost('The decoding of pictures could not be started.'));
    waiting.clear();
  });
  worker = starting;
  return starting;
}
