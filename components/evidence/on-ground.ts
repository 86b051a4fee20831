import { EVIDENCE_GROUND } from '@/lib/domain/evidence-ground';
import { type FileKind, fileKind, KIND_BYTES } from '@/lib/domain/file-kind';

const MAY_BE_TRANSPARENT: readonly FileKind[] = ['png', 'webp', 'gif', 'avif'];

/** Puts a picture that may be transparent on the ground the service looked at it on. The bitmap given is closed where another one is returned. */
export async function onGround(bitmap: ImageBitmap, file: Blob): Promise<ImageBitmap> {
  const head = new Uint8Array(await file.slice(0, KIND_BYTES).arrayBuffer());
  if (!MAY_BE_TRANSPARENT.includes(fileKind(head))) return bitmap;
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return bitmap;
  context.fillStyle = EVIDENCE_GROUND;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.transferToImageBitmap();
}
