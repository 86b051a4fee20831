import { type FileHandle, open } from 'node:fs/promises';
import type { VideoType } from '../image/sniff';
import { UnreadableMedia } from '../image/unreadable-media';

/** A well-formed file has few parts at its top; a fragmented one has two a fragment. */
const MOST_BOXES = 100_000;

/**
 * Throws UnreadableMedia when a video ends before its own sizes say it does: ffmpeg shows what is left of such a file
 * without complaint. A webm recorded live states no size, so its end cannot be checked.
 */
export async function checkWhole(file: string, type: VideoType): Promise<void> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const end = type === 'webm' ? await endOfSegment(handle) : await endOfBoxes(handle, size);
    if (end !== null && end > size) throw new UnreadableMedia(`The video is cut off: ${end - size} bytes are missing.`);
  } finally {
    await handle.close();
  }
}

/** Where the last top-level box ends (ISO/IEC 14496-12, 4.2): a 32-bit size, or 1 and a 64-bit size, or 0 for "to the end". */
async function endOfBoxes(handle: FileHandle, size: number): Promise<number | null> {
  const head = Buffer.alloc(16);
  let at = 0;
  for (let box = 0; at + 8 <= size; box += 1) {
    await handle.read(head, 0, 16, at);
    const short = head.readUInt32BE(0);
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (length === 0) return null;
    if (length < 8 || box > MOST_BOXES) throw new UnreadableMedia('The video is damaged: its parts have impossible sizes.');
    at += length;
  }
  return at;
}

/** Where the EBML segment ends (RFC 8794, 4 and 6): header and segment each have an id, a size of variable length, and data. */
async function endOfSegment(handle: FileHandle): Promise<number | null> {
  const header = await element(handle, 0);
  const segment = header === null ? null : await element(handle, header);
  return segment;
}

/** Where the element at `start` ends; null when its size is not stated. */
async function element(handle: FileHandle, start: number): Promise<number | null> {
  const bytes = Buffer.alloc(12);
  await handle.read(bytes, 0, 12, start);
  const first = bytes[4] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8) return null;
  const marked = BigInt(`0x${bytes.toString('hex', 4, 4 + length)}`);
  const value = marked & ((1n << BigInt(7 * length)) - 1n);
  const unknown = value === (1n << BigInt(7 * length)) - 1n;
  return unknown ? null : start + 4 + length + Number(value);
}
