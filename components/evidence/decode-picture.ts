import type { Size } from '@/lib/domain/geometry';
import type { FileOrientation } from '@/lib/picture/file-orientation';
import type { Orientation } from '@/lib/picture/orientation';
import { askWorker, nextNumber, tellWorker, WorkerLost } from './ask-worker';
import type { PixelRect } from './decode-protocol';
import { onGround } from './on-ground';

/** Cuts a rectangle out of the whole picture, made smaller by `scale` (at most 1). The caller closes the bitmap. */
export type CutPicture = (box: PixelRect, scale: number) => Promise<ImageBitmap>;

/** A picture as it is shown: upright. */
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
 * Decodes a picture off the page's own thread and turns it upright; `turned` is what its file says of that. Throws when the bytes are no
 * picture this browser knows, or when `signal` is aborted. The caller closes it.
 */
export async function decodePicture(blob: Blob, turned: FileOrientation, signal: AbortSignal): Promise<DecodedPicture> {
  const picture = nextNumber();
  const decoded = await decodeInWorker(blob, turned, picture).catch((problem) => {
    // A worker that cannot even start says nothing about the picture.
    if (problem instanceof WorkerLost) return decodeHere(blob, turned);
    throw problem;
  });
  if (!signal.aborted) return decoded;
  decoded.close();
  throw signal.reason;
}

async function decodeInWorker(blob: Blob, turned: FileOrientation, picture: number): Promise<DecodedPicture> {
  const reply = await askWorker({ ask: 'decode', answer: nextNumber(), picture, blob, turned });
  if (!('size' in reply)) throw new Error('The picture was not decoded.');
  const { bitmap, size, orientation, isWhole } = reply;
  const cut: CutPicture = async (box, scale) => {
    const part = await askWorker({ ask: 'cut', answer: nextNumber(), picture, box, scale });
    if (!('bitmap' in part)) throw new Error('The picture was not cut.');
    return part.bitmap;
  };
  const close = () => {
    bitmap.close();
    tellWorker({ ask: 'close', picture });
  };
  return { bitmap, size, orientation, cut: isWhole ? null : cut, close };
}

async function decodeHere(blob: Blob, turned: FileOrientation): Promise<DecodedPicture> {
  const { uprightBitmap } = await import('../media/upright-bitmap');
  const bitmap = await onGround(await uprightBitmap(blob, turned), blob);
  const size = { width: bitmap.width, height: bitmap.height };
  return { bitmap, size, orientation: turned.orientation, cut: null, close: () => bitmap.close() };
}
