import type { Size } from '@/lib/domain/geometry';
import type { Orientation } from '@/lib/picture/orientation';
import type { CutPicture } from '../evidence/decode-picture';
import type { FileFacts } from './file-facts';

/** What is known of an evidence file while it is fetched and looked into. `type` is the media type it was delivered with. */
export type PictureState =
  | { status: 'loading' }
  | ReadyPicture
  /** The first page of a document, drawn at a size of our own: no coordinate of a record belongs to it. */
  | (Omit<ReadyPicture, 'status' | 'about'> & { status: 'page'; pages: number; about: FileFacts })
  | { status: 'video' }
  | { status: 'unnamed' }
  | { status: 'missing' }
  | { status: 'failed'; sentence: string }
  | { status: 'unreadable'; bytes: number; type: string; about: FileFacts; sentence: string };

/**
 * A picture that can be drawn, or one frame of a clip. `bitmap` is the whole of it, of a very large one in fewer pixels than `size`;
 * `cut` has its own. The facts are unknown for a frame: its file was never whole here.
 */
export interface ReadyPicture {
  status: 'ready';
  bitmap: ImageBitmap;
  size: Size;
  orientation: Orientation;
  cut: CutPicture | null;
  close: () => void;
  bytes: number | null;
  type: string;
  frameTimeMs?: number;
  about: FileFacts | null;
}
