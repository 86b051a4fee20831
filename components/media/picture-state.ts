import type { Size } from '@/lib/domain/geometry';
import type { FileFacts } from './file-facts';

/** What is known of an evidence file while it is fetched and looked into. `type` is the media type it was delivered with. */
export type PictureState =
  | { status: 'loading' }
  | ReadyPicture
  /** The first page of a document, drawn at a size of our own: no coordinate of a record belongs to it. */
  | { status: 'page'; bitmap: ImageBitmap; size: Size; bytes: number; type: string; pages: number; about: FileFacts }
  | { status: 'video' }
  | { status: 'unnamed' }
  | { status: 'missing' }
  | { status: 'failed'; sentence: string }
  | { status: 'unreadable'; bytes: number; type: string; about: FileFacts; sentence: string };

/** A decoded picture, or one frame of a clip. The facts are unknown for a frame: its file was never whole here. */
export interface ReadyPicture {
  status: 'ready';
  bitmap: ImageBitmap;
  size: Size;
  bytes: number | null;
  type: string;
  frameTimeMs?: number;
  about: FileFacts | null;
}
