import { type FileKind, fileKind, KIND_BYTES, KIND_FACTS } from '@/lib/domain/file-kind';
import { openFile } from '@/lib/upstream/file';

/** Size and orientation of most pictures stand within their first bytes. */
const HEAD_BYTES = 256 * 1024;
/** WebP writes its EXIF behind the picture. */
const WHOLE_MAX = 32 * 1024 * 1024;

/** A picture as far as was needed to know its kind, size and orientation. */
export interface PictureBytes {
  kind: FileKind;
  bytes: Uint8Array;
}

/** Fetches as much of a picture as tells how it is turned; null for what is no picture or cannot be had. */
export async function readPicture(name: string, signal: AbortSignal): Promise<PictureBytes | null> {
  try {
    const file = await openFile(name, { range: `bytes=0-${HEAD_BYTES - 1}` }, signal);
    const head = await take(file.body, HEAD_BYTES);
    const kind = fileKind(head.subarray(0, KIND_BYTES));
    if (KIND_FACTS[kind].shown !== 'picture') return null;
    if (kind !== 'webp' || head.length < HEAD_BYTES) return { kind, bytes: head };
    const whole = await openFile(name, {}, signal);
    return { kind, bytes: await take(whole.body, WHOLE_MAX) };
  } catch {
    return null;
  }
}

async function take(body: AsyncIterable<Uint8Array> | null, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early ends the stream.
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}
