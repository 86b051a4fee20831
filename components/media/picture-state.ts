import type { Size } from '@/lib/domain/geometry';
import type { Orientation } from '@/lib/picture/orientation';
import type { CutPicture } from '../evidence/decode-picture';
import type { FileFacts } from './file-facts';

/** What is known of an evidence file while it is fetched and looked into. `type` is the media type it was delivered with. */
export type PictureState =
  | { status: 'loading' }
  | ReadyPicture
  | PageState
  | { status: 'video' }
  | { status: 'unnamed' }
  | { status: 'missing' }
  | { status: 'failed'; sentence: string }
  | { status: 'unreadable'; bytes: number; type: string; about: FileFacts; sentence: string };

/** A page of a document, drawn at a size of our own: no coordinate of a record belongs to it, whichever page it is. */
export interface PageState extends Omit<ReadyPicture, 'status' | 'about' | 'page'> {
  status: 'page';
  about: FileFacts;
  /** Counted from 1. */
  page: number;
  pages: number;
  /** What the page as drawn may lack, in sentences. */
  problems: string[];
  /** The document itself, for its other pages. */
  file: Blob;
}

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
  /** Of a document; no face is drawn on it. */
  page?: number;
  about: FileFacts | null;
}
