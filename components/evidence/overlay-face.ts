import { type Box, type ImagePoint, isWithin, type Size } from '@/lib/domain/geometry';
import { LANDMARK_NAMES } from '@/lib/domain/verification';
import { type FaceFacts, formatConfidence } from './face-facts';

/** One face as the overlay draws it; coordinates in pixels of the picture. */
export interface OverlayFace {
  key: string;
  label: string;
  /** What is left of the label where there is no room for all of it. */
  shortLabel: string;
  box: Box | null;
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
    .map((fact) => ({
      key: fact.key,
      label: labelOf(fact),
      shortLabel: String(fact.face.number),
      box: fact.drawable ? fact.face.box : null,
      landmarks: LANDMARK_NAMES.flatMap((name) => fact.face.landmarks[name] ?? []).filter((point) => !picture || isWithin(point, picture)),
      main: fact.main,
      clipped: fact.clipped,
    }))
    .filter(({ box, landmarks }) => box !== null || landmarks.length > 0)
    .toSorted((a, b) => Number(a.main) - Number(b.main));
}

function labelOf({ face, name, clipped }: FaceFacts): string {
  const word = name.endsWith('ghost portrait') ? ' ghost' : '';
  return `${face.number}${word} · ${face.confidence === null ? '?' : formatConfidence(face.confidence)}${clipped ? ' · cut' : ''}`;
}
