import { pageProblems } from './page-problems';
import { hearWarnings, hearWorker } from './pdf-warnings';
import { hasForeignForm, substituteFonts } from './substitute-fonts';

/** A page of a document as a picture, how many pages there are, and in sentences what it may lack. */
export interface DrawnPage {
  bitmap: ImageBitmap;
  page: number;
  pages: number;
  problems: string[];
}

/** Longer side of the drawn page, in pixels. */
const LONGER_SIDE = 2000;
const IMAGE_PIXELS_MAX = 100_000_000;
/** A file may hold more to draw than anybody waits for. */
const PATIENCE_MS = 20_000;
const FOREIGN_FORM = 'The file holds an XFA form, which is not drawn. Download the file to see it.';

/** Why no page of a file could be drawn. */
export class NotDrawn extends Error {}

/**
 * Draws a page of a PDF, counted from 1. Nothing in it can act: no script is run, no link or field is made, no code is built from its
 * fonts, and nothing is fetched but decoders and fonts from this console. What its decoders complain about is in `problems`. Rejects
 * with `NotDrawn` for a damaged or locked file and after 20 seconds; with its reason when `signal` is aborted.
 */
export async function drawPage(file: Blob, number: number, signal: AbortSignal): Promise<DrawnPage> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await draw(file, number, AbortSignal.any([signal, patience]));
  } catch (failure) {
    signal.throwIfAborted();
    throw new NotDrawn(patience.aborted ? 'It takes longer than 20 seconds to draw.' : reasonOf(failure));
  }
}

function reasonOf(failure: unknown): string {
  const isLocked = failure instanceof Error && failure.name === 'PasswordException';
  return isLocked ? 'It is locked with a password.' : 'No page of it can be drawn: it is damaged.';
}

async function draw(file: Blob, number: number, ended: AbortSignal): Promise<DrawnPage> {
  const [{ AnnotationMode, getDocument, OPS, PDFWorker, VerbosityLevel, version }, bytes] = await Promise.all([
    import('pdfjs-dist'),
    file.arrayBuffer(),
  ]);
  const warnings: string[] = [];
  const stopHearing = hearWarnings((warning) => void warnings.push(warning));
  const port = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
  hearWorker(port, (warning) => void warnings.push(warning));
  const folder = new URL(`/api/viewer/${version}/`, location.href).href;
  const loading = getDocument({
    data: bytes,
    worker: PDFWorker.create({ port, verbosity: VerbosityLevel.WARNINGS }),
    ...partsFrom(folder),
    enableXfa: false,
    disableAutoFetch: true,
    disableStream: true,
    maxImageSize: IMAGE_PIXELS_MAX,
    verbosity: VerbosityLevel.WARNINGS,
  });
  const drawing = async (): Promise<DrawnPage> => {
    const opened = await loading.promise;
    const page = await opened.getPage(Math.min(number, opened.numPages));
    // The looks of fields and stamps are drawn, none of them is made.
    const { ENABLE: annotationMode } = AnnotationMode;
    const natural = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: LONGER_SIDE / Math.max(natural.width, natural.height) });
    const instructions = await page.getOperatorList({ annotationMode });
    const substitutes = await substituteFonts(page, instructions, { dependency: OPS.dependency, folder });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    const rendering = page.render({ canvas, viewport, annotationMode });
    ended.addEventListener('abort', () => rendering.cancel(), { once: true });
    await rendering.promise.finally(substitutes.remove);
    const problems = [...((await hasForeignForm(opened)) ? [FOREIGN_FORM] : []), ...pageProblems(warnings, substitutes.any)];
    return { bitmap: await createImageBitmap(canvas), page: page.pageNumber, pages: opened.numPages, problems };
  };
  try {
    return await Promise.race([drawing(), whenAborted(ended)]);
  } finally {
    stopHearing();
    await loading.destroy().catch(() => undefined);
    port.terminate();
  }
}

/** Where the reader gets decoders, tables of characters and fonts from: this console, as the package has them. */
const partsFrom = (folder: string) => ({
  useWorkerFetch: true,
  wasmUrl: `${folder}wasm/`,
  iccUrl: `${folder}iccs/`,
  cMapUrl: `${folder}cmaps/`,
  cMapPacked: true,
  standardFontDataUrl: `${folder}standard_fonts/`,
});

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
