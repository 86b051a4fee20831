/** From this many bytes a picture may be large enough to hold up the page while it is decoded. */
const IN_WORKER_FROM_BYTES = 1_500_000;

/**
 * Decodes a picture upright (EXIF applied), large ones off the page's own thread. The caller closes the bitmap.
 * Throws when the bytes are no picture this browser knows, or when `signal` is aborted.
 */
export async function decodePicture(blob: Blob, signal: AbortSignal): Promise<ImageBitmap> {
  const bitmap = blob.size < IN_WORKER_FROM_BYTES ? await decodeHere(blob) : await decodeInWorker(blob, signal);
  if (!signal.aborted) return bitmap;
  bitmap.close();
  throw signal.reason;
}

function decodeHere(blob: Blob): Promise<ImageBitmap> {
  return createImageBitmap(blob, { imageOrientation: 'from-image' });
}

async function decodeInWorker(blob: Blob, signal: AbortSignal): Promise<ImageBitmap> {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  const ended = new AbortController();
  try {
    return await new Promise<ImageBitmap>((resolve, reject) => {
      const within = { signal: ended.signal };
      worker.addEventListener(
        'message',
        ({ data }) => (data instanceof ImageBitmap ? resolve(data) : reject(new Error(String(data)))),
        within,
      );
      // A worker that cannot even start says nothing about the picture.
      worker.addEventListener('error', () => resolve(decodeHere(blob)), within);
      signal.addEventListener('abort', () => reject(signal.reason), within);
      worker.postMessage(blob);
    });
  } finally {
    ended.abort();
    worker.terminate();
  }
}
