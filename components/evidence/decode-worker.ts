import { greySample, measureSample } from '@/lib/picture/face-measures';
import { fileFacts } from '../media/file-facts';
import { uprightBitmap } from '../media/upright-bitmap';
import type { DecodeReply, DecodeRequest } from './decode-protocol';
import { onGround } from './on-ground';

// Looks into files, decodes pictures and keeps them whole, measures faces: the page answers meanwhile, and holds no more of a picture
// than its canvases can show.

/** What the page gets of a large picture: no more pixels than this, whatever the file has. */
const SHOWN_PIXELS_MAX = 4_000_000;

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

async function decode({ answer, picture, blob, turned }: Extract<DecodeRequest, { ask: 'decode' }>) {
  const full = await onGround(await uprightBitmap(blob, turned), blob);
  const { orientation } = turned;
  const size = { width: full.width, height: full.height };
  const share = Math.sqrt(SHOWN_PIXELS_MAX / (size.width * size.height));
  if (share >= 1) return { answer, bitmap: full, size, orientation, isWhole: true };
  const bitmap = await createImageBitmap(full, { ...scaled(size, share), resizeQuality: 'medium' });
  whole.set(picture, full);
  return { answer, bitmap, size, orientation, isWhole: false };
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

const scaled = ({ width, height }: { width: number; height: number }, scale: number) => ({
  resizeWidth: Math.max(1, Math.round(width * scale)),
  resizeHeight: Math.max(1, Math.round(height * scale)),
});
