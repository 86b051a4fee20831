import type { FileKind } from '@/lib/domain/file-kind';

const SCAN = 0xda;
const END = 0xd9;

/** Whether a picture stops before its end: decoders fill what is missing with grey and say nothing. */
export function isCutOff(kind: FileKind, bytes: Uint8Array): boolean {
  if (kind === 'jpeg') return !jpegEnds(bytes);
  if (kind === 'png') return !pngEnds(bytes);
  if (kind === 'gif') return bytes.at(-1) !== 0x3b;
  if (kind === 'webp') return bytes.length < 8 || view(bytes).getUint32(4, true) + 8 > bytes.length;
  return false;
}

// Phones append whole clips behind a picture, so the end may lie anywhere. Within scan data no other FF is followed by D9. Looked for
// from behind, where it mostly is: twelve megabytes hold fifty thousand FF.
function jpegEnds(bytes: Uint8Array): boolean {
  const scan = startOfScan(bytes);
  if (scan < 0) return false;
  for (let at = bytes.lastIndexOf(0xff); at > scan; at = bytes.lastIndexOf(0xff, at - 1)) if (bytes[at + 1] === END) return true;
  return false;
}

/** Place of the first marker of picture data, -1 when the file ends before it. */
function startOfScan(bytes: Uint8Array): number {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    if (bytes[at + 1] === SCAN) return at;
    at += bytes[at + 1] === 0xff ? 1 : 2 + view(bytes).getUint16(at + 2);
  }
  return -1;
}

function pngEnds(bytes: Uint8Array): boolean {
  let at = 8;
  while (at + 12 <= bytes.length) {
    if (view(bytes).getUint32(at + 4) === 0x49_45_4e_44) return true;
    at += 12 + view(bytes).getUint32(at);
  }
  return false;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
