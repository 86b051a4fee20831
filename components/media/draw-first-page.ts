/** The first page of a document as a picture, and how many pages there are. */
export interface FirstPage {
  bitmap: ImageBitmap;
  pages: number;
}

/** Longer side of the drawn page, in pixels. */
const LONGER_SIDE = 2000;
const IMAGE_PIXELS_MAX = 100_000_000;
/** A file may hold more to draw than anybody waits for. */
const PATIENCE_MS = 20_000;

/**
 * Draws the first page of a PDF. Nothing in it can act: no script is run, no link or form is made, nothing is fetched, no code is built
 * from its fonts. Rejects for a damaged or locked file, after 20 seconds, and when `signal` is aborted. The bytes are handed over.
 */
export async function drawFirstPage(bytes: ArrayBuffer, signal: AbortSignal): Promise<FirstPage> {
  const { AnnotationMode, getDocument, PDFWorker, VerbosityLevel } = await import('pdfjs-dist');
  const port = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
  const ended = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const loading = getDocument({
    data: bytes,
    worker: PDFWorker.create({ port, verbosity: VerbosityLevel.ERRORS }),
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    disableAutoFetch: true,
    disableStream: true,
    maxImageSize: IMAGE_PIXELS_MAX,
    verbosity: VerbosityLevel.ERRORS,
  });
  const draw = async (): Promise<FirstPage> => {
    const opened = await loading.promise;
    const page = await opened.getPage(1);
    const natural = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: LONGER_SIDE / Math.max(natural.width, natural.height) });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    const drawing = page.render({ canvas, viewport, annotationMode: AnnotationMode.DISABLE });
    ended.addEventListener('abort', () => drawing.cancel(), { once: true });
    await drawing.promise;
    return { bitmap: await createImageBitmap(canvas), pages: opened.numPages };
  };
  try {
    return await Promise.race([draw(), whenAborted(ended)]);
  } finally {
    await loading.destroy().catch(() => undefined);
    port.terminate();
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
