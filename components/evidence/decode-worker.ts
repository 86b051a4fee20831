import { orientation } from 'exifr';
import { greySample, measureSample } from '@/lib/domain/face-measures';
import { readOrientation } from '@/lib/domain/orientation';
import { fileFacts } from '../media/file-facts';
import type { DecodeReply, DecodeRequest } from './decode-protocol';

// Looks into files, decodes pictures and keeps them whole, measures faces: the page answers meanwhile, and holds no more of a picture
// than its canvases can show.

/** What the page gets of a large picture: no more pixels than this, whatever the file has. */
const SHOWN_PIXELS_MAX = 4_000_000;
/** EXIF stands at the beginning of a file. */
const HEAD_BYTES = 256 * 1024;

const whole = new Map<number, ImageBitmap>();

self.addEventListener('message', async ({ data: request }: MessageEvent<DecodeRequest>) => {
  if (request.ask === 'close') return close(request.picture);
  try {
    if (request.ask === 'measure') return self.postMessage(measure(request));
    if (request.ask === 'look') return self.postMessage(await look(request));
    const reply = request.ask === 'decode' ? await decode(request) : await cut(request);
    self.postMessage(reply, { transfer: [reply.bitmap] });
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'The picture cannot be decoded.';
    self.postMessage({ answer: request.answer, problem } satisfies DecodeReply);
  }
});

async function decode({ answer, picture, blob }: Extract<DecodeRequest, { ask: 'decode' }>) {
  const [full, exif] = await Promise.all([createImageBitmap(blob, { imageOrientation: 'from-image' }), orientationOf(blob)]);
  const size = { width: full.width, height: full.height };
  const share = Math.sqrt(SHOWN_PIXELS_MAX / (size.width * size.height));
  if (share >= 1) return { answer, bitmap: full, size, orientation: exif, isWhole: true };
  const upright = turned(full);
  const bitmap = await createImageBitmap(upright, { ...scaled(size, share), resizeQuality: 'medium' });
  whole.set(picture, upright);
  return { answer, bitmap, size, orientation: exif, isWhole: false };
}

// A browser may keep the pixels as the file has them and turn them whenever they are drawn; a part cut out of such a bitmap is another
// part than was asked for. Drawn once, they lie as they are shown.
function turned(bitmap: ImageBitmap): ImageBitmap {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) return bitmap;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}

async function cut({ answer, picture, box, scale }: Extract<DecodeRequest, { ask: 'cut' }>) {
  const full = whole.get(picture);
  if (!full) throw new Error('The picture is no longer here.');
  const { x, y, width, height } = box;
  const options = scale < 1 ? { ...scaled(box, scale), resizeQuality: 'medium' as const } : {};
  return { answer, bitmap: await createImageBitmap(full, x, y, width, height, options) };
}

async function look({ answer, blob, claimedType }: Extract<DecodeRequest, { ask: 'look' }>): Promise<DecodeReply> {
  return { answer, facts: await fileFacts(blob, claimedType) };
}

function measure({ answer, rgba }: Extract<DecodeRequest, { ask: 'measure' }>): DecodeReply {
  return { answer, quality: measureSample(greySample(rgba)) };
}

function close(picture: number): void {
  whole.get(picture)?.close();
  whole.delete(picture);
}

async function orientationOf(blob: Blob) {
  // A file without EXIF, or with one that cannot be read, is one that nobody turns.
  return readOrientation(await orientation(await blob.slice(0, HEAD_BYTES).arrayBuffer()).catch(() => 1));
}

const scaled = ({ width, height }: { width: number; height: number }, scale: number) => ({
  resizeWidth: Math.max(1, Math.round(width * scale)),
  resizeHeight: Math.max(1, Math.round(height * scale)),
});
