import type { FileOrientation } from '@/lib/picture/file-orientation';
import { storedSize, uprightMatrix } from '@/lib/picture/orientation';

/** A file whose EXIF says nothing of an orientation, so that no browser turns its picture on its own; the same file where it has no such tag. */
export function withoutTags(blob: Blob, { tags }: FileOrientation): Blob {
  if (tags.length === 0) return blob;
  const parts: BlobPart[] = [];
  let at = 0;
  for (const { from, to, instead } of tags) {
    parts.push(blob.slice(at, from), instead);
    at = to;
  }
  return new Blob([...parts, blob.slice(at)], { type: blob.type });
}

/** Decodes a picture and turns it upright as its file says. Throws when the browser cannot decode it. The caller closes the bitmap. */
export async function uprightBitmap(blob: Blob, file: FileOrientation): Promise<ImageBitmap> {
  const { orientation, tags } = file;
  const decoded = await createImageBitmap(withoutTags(blob, file));
  if (orientation === 1) return decoded;
  // What a container turns comes upright, but some browsers keep its pixels as stored and turn them whenever they are drawn: a part cut out
  // of such a bitmap is another part than was asked for. Drawn once, they lie as they are shown.
  const isUpright = tags.length === 0;
  const size = isUpright ? { width: decoded.width, height: decoded.height } : storedSize(decoded, orientation);
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to turn the picture on.');
  if (!isUpright) context.setTransform(...uprightMatrix(size, orientation));
  context.drawImage(decoded, 0, 0);
  decoded.close();
  return context.canvas.transferToImageBitmap();
}
