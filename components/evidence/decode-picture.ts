import type { Size } from '@/lib/domain/geometry';
import type { Orientation } from '@/lib/domain/orientation';
import type { DecodeReply, DecodeRequest, PixelRect } from './decode-protocol';

/** Cuts a rectangle out of the whole picture, made smaller by `scale` (at most 1). The caller closes the bitmap. */
export type CutPicture = (box: PixelRect, scale: number) => Promise<ImageBitmap>;

/** A picture as it is shown: upright, EXIF applied. */
export interface DecodedPicture {
  /** The whole picture, of a very large one in fewer pixels than `size` says. */
  bitmap: ImageBitmap;
  /** Of the picture itself, upright. */
  size: Size;
  /** How the file was turned to become upright. */
  orientation: Orientation;
  /** Its own pixels, where `bitmap` has fewer; null where it has them all. */
  cut: CutPicture | null;
  /** Gives everything of it back, the worker's share included. */
  close: () => void;
}

/**
 * Decodes a picture off the page's own thread. Throws when the bytes are no picture this browser knows, or when `signal`
 * is aborted. The caller closes it.
 */
export async function decodePicture(blob: Blob, signal: AbortSignal): Promise<DecodedPicture> {
  const picture = nextNumber++;
  const decoded = await decodeInWorker(blob, picture).catch((problem) => {
    // A worker that cannot even start says nothing about the picture.
    if (problem instanceof WorkerLost) return decodeHere(blob);
    throw problem;
  });
  if (!signal.aborted) return decoded;
  decoded.close();
  throw signal.reason;
}

class WorkerLost extends Error {}

let nextNumber = 1;
let worker: Worker | null = null;
const waiting = new Map<
  number,
  { resolve: (reply: Exclude<DecodeReply, { problem: string }>) => void; reject: (problem: Error) => void }
>();

async function decodeInWorker(blob: Blob, picture: number): Promise<DecodedPicture> {
  const reply = await ask({ ask: 'decode', answer: nextNumber++, picture, blob });
  if (!('size' in reply)) throw new Error('The picture was not decoded.');
  const { bitmap, size, orientation, isWhole } = reply;
  const cut: CutPicture = async (box, scale) => (await ask({ ask: 'cut', answer: nextNumber++, picture, box, scale })).bitmap;
  const close = () => {
    bitmap.close();
    worker?.postMessage({ ask: 'close', picture } satisfies DecodeRequest);
  };
  return { bitmap, size, orientation, cut: isWhole ? null : cut, close };
}

async function decodeHere(blob: Blob): Promise<DecodedPicture> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
  const size = { width: bitmap.width, height: bitmap.height };
  return { bitmap, size, orientation: 1, cut: null, close: () => bitmap.close() };
}

function ask(request: Exclude<DecodeRequest, { ask: 'close' }>): Promise<Exclude<DecodeReply, { problem: string }>> {
  return new Promise((resolve, reject) => {
    waiting.set(request.answer, { resolve, reject });
    decoder().postMessage(request);
  });
}

// One worker for all pictures of the tab: starting one for each would cost more than most pictures take to decode.
function decoder(): Worker {
  if (worker) return worker;
  const started = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<DecodeReply>) => {
    const asker = waiting.get(data.answer);
    waiting.delete(data.answer);
    if ('problem' in data) asker?.reject(new Error(data.problem));
    else if (asker) asker.resolve(data);
    else data.bitmap.close();
  });
  started.addEventListener('error', () => {
    started.terminate();
    if (worker === started) worker = null;
    for (const { reject } of waiting.values()) reject(new WorkerLost('The decoding of pictures could not be started.'));
    waiting.clear();
  });
  worker = started;
  return started;
}
