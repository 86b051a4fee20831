import type { Box, ImagePoint, Size } from '@/lib/domain/geometry';
import { drawnFace } from '@/lib/picture/drawn-face';
import { type FaceFacts, formatConfidence } from './face-facts';

/** One face as the overlay draws it; coordinates in pixels of the picture. */
export interface OverlayFace {
  key: string;
  label: string;
  /** What is left of the label where there is no room for all of it. */
  shortLabel: string;
  box: Box;
  landmarks: ImagePoint[];
  main: boolean;
  /** Part of the box lies outside the picture. */
  clipped: boolean;
}

/**
 * The faces of one picture in drawing order: further faces below, the main one on top. What cannot be drawn is left out:
 * whole faces, and points that lie outside the picture. `picture` is its size, null while unknown.
 */
export function overlayFaces(facts: FaceFacts[], picture: Size | null): OverlayFace[] {
  return facts
    .flatMap((fact): OverlayFace[] => {
      const drawn = drawnFace(fact.face, picture);
      if (!drawn) return [];
      const { key, main, clipped } = fact;
      return [{ key, label: labelOf(fact), shortLabel: String(fact.face.number), box: drawn.box, landmarks: drawn.points, main, clipped }];
    })
    .toSorted((a, b) => Number(a.main) - Number(b.main));
}

function labelOf({ face, name, clipped }: FaceFacts): string {
  const word = name.endsWith('ghost portrait') ? ' ghost' : '';
  return `${face.number}${word} · ${face.confidence === null ? '?' : formatConfidence(face.confidence)}${clipped ? ' · cut' : ''}`;
}
