import type { Size } from '@/lib/domain/geometry';
import type { FaceQuality } from '@/lib/picture/face-measures';
import type { FileOrientation } from '@/lib/picture/file-orientation';
import type { Orientation } from '@/lib/picture/orientation';
import type { FileFacts } from '../media/file-facts';

/** A rectangle in whole pixels of a picture, inside it. */
export interface PixelRect extends Size {
  x: number;
  y: number;
}

/** What the page asks of the worker. `picture` names a decoded picture, `answer` the reply that is awaited; `rgba` is a sample of a face. */
export type DecodeRequest =
  | { ask: 'look'; answer: number; blob: Blob; claimedType: string }
  | { ask: 'decode'; answer: number; picture: number; blob: Blob; turned: FileOrientation }
  | { ask: 'cut'; answer: number; picture: number; box: PixelRect; scale: number }
  | { ask: 'measure'; answer: number; rgba: Uint8ClampedArray }
  | { ask: 'close'; picture: number };

export type DecodeReply =
  | { answer: number; problem: string }
  | { answer: number; facts: FileFacts }
  | { answer: number; bitmap: ImageBitmap; size: Size; orientation: Orientation; isWhole: boolean }
  | { answer: number; bitmap: ImageBitmap }
  | { answer: number; quality: FaceQuality | null };
