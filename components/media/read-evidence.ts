import { KIND_FACTS } from '@/lib/domain/file-kind';
import { decodePicture } from '../evidence/decode-picture';
import { type FetchedEvidence, takeEvidence } from '../evidence/evidence-memory';
import { lookIntoFile } from '../evidence/look-into-file';
import { drawFirstPage } from './draw-first-page';
import type { FileFacts } from './file-facts';
import type { PictureState } from './picture-state';

/** More stored pixels than this are not decoded: four bytes each, they would take a gigabyte. Phones make up to 200 million. */
const PIXELS_MAX = 250_000_000;

/** A file of a record that has a name. `contentType` is what the record calls it. */
export interface NamedFile {
  name: string;
  contentType: string | null;
}

const JPEG_END = new Uint8Array([0xff, 0xd9]);
const NO_TYPE = 'application/octet-stream';

/** Fetches a file and looks into it: a picture is decoded, of a PDF the first page is drawn, everything else is named. */
export async function readEvidence({ name, contentType }: NamedFile, signal: AbortSignal): Promise<PictureState> {
  const fetched = await takeEvidence(name, signal);
  if (fetched.blob) return lookInto(fetched.blob, fetched.type, contentType, signal);
  return withoutBytes(fetched);
}

function withoutBytes({ status, type }: FetchedEvidence): PictureState {
  if (status === 404) return { status: 'missing' };
  if (status === 401) return { status: 'failed', sentence: 'Your session has ended. Sign in again to see the file.' };
  if (type.startsWith('video/') && status === 200) return { status: 'video' };
  return { status: 'failed', sentence: `The file could not be fetched (HTTP ${status}).` };
}

async function lookInto(blob: Blob, type: string, recordType: string | null, signal: AbortSignal): Promise<PictureState> {
  // What may not be shown in place is delivered under a type that says nothing.
  const about = await lookIntoFile(blob, type === '' || type === NO_TYPE ? (recordType ?? '') : type);
  const unreadable = (sentence: string): PictureState => ({ status: 'unreadable', bytes: blob.size, type, about, sentence });
  switch (KIND_FACTS[about.kind].shown) {
    case 'picture':
      return decoded(blob, about, signal).catch(() => unreadable(whyNot(about)));
    case 'page': {
      const page = await drawFirstPage(await blob.arrayBuffer(), signal).catch(() => null);
      if (!page) return unreadable('No page of it can be drawn: it is damaged, or locked with a password.');
      const { bitmap, pages } = page;
      const size = { width: bitmap.width, height: bitmap.height };
      const drawn = { bitmap, size, orientation: 1 as const, cut: null, close: () => bitmap.close() };
      return { status: 'page', ...drawn, bytes: blob.size, type, pages, about };
    }
    case 'clip':
      return { status: 'video' };
    case null:
      return unreadable('');
  }
}

async function decoded(blob: Blob, about: FileFacts, signal: AbortSignal): Promise<PictureState> {
  if (about.size && about.size.width * about.size.height > PIXELS_MAX) throw new Error('too many pixels');
  // A decoder refuses a JPEG without its end; with one put behind it, it shows what there is.
  const whole = about.kind === 'jpeg' && about.cutOff ? new Blob([blob, JPEG_END]) : blob;
  return { status: 'ready', ...(await decodePicture(whole, signal)), bytes: blob.size, type: about.claimedType, about };
}

function whyNot({ size, cutOff }: FileFacts): string {
  if (size && size.width * size.height > PIXELS_MAX)
    return `It says it has ${size.width.toLocaleString('en-GB')} × ${size.height.toLocaleString('en-GB')} pixels, which is more than a picture here may have.`;
  return cutOff ? 'It is cut off before anything of it can be seen.' : 'It is damaged and cannot be decoded.';
}
