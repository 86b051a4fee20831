import type { Size, StagePoint } from '@/lib/domain/geometry';
import { toImage, type View } from '@/lib/picture/view';
import type { FaceIndex } from './face-index';

/** The key of the smallest drawn face under a point of the canvas; null for none. */
export function faceAt(point: StagePoint, { index, picture, view }: { index: FaceIndex; picture: Size; view: View }): string | null {
  return index.at(toImage(point, picture, view))?.key ?? null;
}
