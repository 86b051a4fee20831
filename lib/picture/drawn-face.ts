import { type Box, boxPlacement, type ImagePoint, isWithin, type Size } from '@/lib/domain/geometry';
import { type Face, LANDMARK_NAMES } from '@/lib/domain/verification';

/** What is drawn of a face, in pixels of the upright picture. */
export interface DrawnFace {
  box: Box;
  points: ImagePoint[];
}

/**
 * Returns what is drawn of a face: its box, and the points of it that lie on the picture. Null for a face without a box, or with one that lies
 * outside the picture: points of nothing would only mislead. `picture` is null while its size is unknown.
 */
export function drawnFace({ box, landmarks }: Pick<Face, 'box' | 'landmarks'>, picture: Size | null): DrawnFace | null {
  if (!box || (picture && boxPlacement(box, picture) === 'outside')) return null;
  const points = LANDMARK_NAMES.flatMap((name) => landmarks[name] ?? []).filter((point) => !picture || isWithin(point, picture));
  return { box, points };
}
