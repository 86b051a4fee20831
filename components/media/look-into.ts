import { KIND_FACTS } from '@/lib/domain/file-kind';
import { decodePicture } from '../evidence/decode-picture';
import { lookIntoFile } from '../evidence/look-into-file';
import { NotDrawn } from './draw-page';
import { drawnPage } from './drawn-page';
import type { FileFacts } from './file-facts';
import type { PictureState, ReadyPicture } from './picture-state';

/** More stored pixels than this are not decoded: four bytes each, they would take a gigabyte. Phones make up to 200 million. */
const PIXELS_MAX = 250_000_000;

const JPEG_END = new Uint8Array([0xff, 0xd9]);
const NO_TYPE = 'application/octet-stream';

/** A file's bytes, the media type they were delivered with, and what the record calls them. */
export interface DeliveredFile {
  blob: Blob;
  type: string;
  recordType: string | null;
  /** When the copy was kept that this is, ISO 8601; null for the file itself. */
  keptAt: string | null;
}

/** Looks into a file: a picture is decoded, of a PDF the first page is drawn, everything else is named. */
export async function lookInto(file: DeliveredFile, signal: AbortSignal): Promise<PictureState> {
  const { blob, type } = file;
  const about = await factsOf(file);
  const unreadable = (sentence: string): PictureState => ({ status: 'unreadable', bytes: blob.size, type, about, sentence });
  switch (KIND_FACTS[about.kind].shown) {
    case 'picture':
      return decodeKnown(blob, about, signal).catch(() => unreadable(whyNot(about)));
    case 'page':
      return drawnPage(blob, { number: 1, type, about }, signal).catch((failure: unknown) => unreadable(whyNoPage(failure)));
    case 'clip':
      return { status: 'video' };
    case null:
      return unreadable('');
  }
}

/** What a file is. What may not be shown in place is delivered under a type that says nothing: then the record's word is taken. */
export async function factsOf({ blob, type, recordType, keptAt }: DeliveredFile): Promise<FileFacts> {
  const facts = await lookIntoFile(blob, type === '' || type === NO_TYPE ? (recordType ?? '') : type);
  return { ...facts, keptAt };
}

/** Decodes a picture whose facts are known. Throws when it cannot be. */
export async function decodeKnown(blob: Blob, about: FileFacts, signal: AbortSignal): Promise<ReadyPicture> {
  if (about.size && about.size.width * about.size.height > PIXELS_MAX) throw new Error('too many pixels');
  // A decoder refuses a JPEG without its end; with one put behind it, it shows what there is.
  const whole = about.kind === 'jpeg' && about.cutOff ? new Blob([blob, JPEG_END]) : blob;
  return { status: 'ready', ...(await decodePicture(whole, about.turned, signal)), bytes: blob.size, type: about.claimedType, about };
}

function whyNoPage(failure: unknown): string {
  return failure instanceof NotDrawn ? failure.message : 'No page of it can be drawn.';
}

function whyNot({ size, cutOff }: FileFacts): string {
  if (size && size.width * size.height > PIXELS_MAX)
    return `It says it has ${size.width.toLocaleString('en-GB')} × ${size.height.toLocaleString('en-GB')} pixels, which is more than a picture here may have.`;
  return cutOff ? 'It is cut off before anything of it can be seen.' : 'It is damaged and cannot be decoded.';
}
