import { type FileKind, fileKind, KIND_BYTES } from '@/lib/domain/file-kind';
import { containerOrientation } from './container-orientation';
import { type Orientation, readOrientation } from './orientation';

/** A part of a file, from `from` up to but not including `to`, and what stands there in a copy that says nothing of an orientation. */
export interface TagPlace {
  from: number;
  to: number;
  instead: Uint8Array<ArrayBuffer>;
}

/** How the pixels of a file have to be turned to be seen upright, and where the file says so. */
export interface FileOrientation {
  orientation: Orientation;
  /**
   * The EXIF tags that say it. Decoders obey them or not as they please, so they are taken out before decoding and the picture is turned
   * by whoever decodes it. None where the container itself says it: then every decoder turns the picture.
   */
  tags: TagPlace[];
}

type TiffTag = TagPlace & { value: unknown };

const EXIF_MARK = 'Exif\0';
const ORIENTATION_TAG = 0x01_12;
const SHORT = 3;
const LONG = 4;

/**
 * Reads how a picture has to be turned from all bytes of its file: the EXIF of JPEG, WebP and PNG, the tag of TIFF, the container of AVIF and HEIC,
 * whose EXIF counts for nothing. Whatever cannot be read counts as upright.
 */
export function fileOrientation(bytes: Uint8Array): FileOrientation {
  const kind = fileKind(bytes.subarray(0, KIND_BYTES));
  if (kind === 'avif' || kind === 'heic') return { orientation: containerOrientation(bytes), tags: [] };
  const found = tagsOf(kind, bytes);
  // Where several contradict each other, readers take the first.
  return { orientation: readOrientation(found[0]?.value), tags: found.map(({ from, to, instead }) => ({ from, to, instead })) };
}

const TAGS: Partial<Record<FileKind, (bytes: Uint8Array) => Iterable<TiffTag>>> = {
  jpeg: jpegTags,
  webp: webpTags,
  png: pngTags,
  tiff: (bytes) => tiffTag(bytes, 0, bytes.length),
};

function tagsOf(kind: FileKind, bytes: Uint8Array): TiffTag[] {
  const tags: TiffTag[] = [];
  try {
    for (const tag of TAGS[kind]?.(bytes) ?? []) tags.push(tag);
  } catch {
    // The file ends, or goes wrong, before it says more.
  }
  return tags;
}

function* jpegTags(bytes: Uint8Array): Generator<TiffTag> {
  const view = viewOf(bytes);
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    // Picture data or the end: no EXIF comes behind them.
    if (marker === 0xda || marker === 0xd9) return;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === 0xe1 && textAt(bytes, at + 4, EXIF_MARK.length) === EXIF_MARK) yield* tiffTag(bytes, at + 10, end);
    at = end;
  }
}

function* webpTags(bytes: Uint8Array): Generator<TiffTag> {
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (textAt(bytes, at, 4) === 'EXIF') {
      // Some writers put the mark of a JPEG before it.
      const marked = textAt(bytes, start, EXIF_MARK.length) === EXIF_MARK ? 6 : 0;
      yield* tiffTag(bytes, start + marked, start + size);
    }
    at = start + size + (size % 2);
  }
}

function* pngTags(bytes: Uint8Array): Generator<TiffTag> {
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    // A changed chunk would need another checksum: it is left out as a whole.
    if (textAt(bytes, at + 4, 4) === 'eXIf')
      for (const { value } of tiffTag(bytes, at + 8, end - 4)) yield { value, from: at, to: end, instead: new Uint8Array() };
    at = end;
  }
}

/** The orientation in the first directory of a TIFF structure. */
function* tiffTag(bytes: Uint8Array, start: number, end: number): Generator<TiffTag> {
  const view = viewOf(bytes.subarray(start, end));
  const order = textAt(bytes, start, 2);
  const little = order === 'II';
  if ((!little && order !== 'MM') || view.getUint16(2, little) !== 42) return;
  const directory = view.getUint32(4, little);
  const count = view.getUint16(directory, little);
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12;
    if (view.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const type = view.getUint16(entry + 2, little);
    const value = type === SHORT ? view.getUint16(entry + 8, little) : type === LONG ? view.getUint32(entry + 8, little) : null;
    const instead = new Uint8Array(type === LONG ? 4 : 2);
    instead[little ? 0 : instead.length - 1] = 1;
    yield { value, from: start + entry + 8, to: start + entry + 8 + instead.length, instead };
  }
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const textAt = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
