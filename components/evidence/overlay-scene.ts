import type { Box, ImagePoint, Size } from '@/lib/domain/geometry';
import { LANDMARK_NAMES } from '@/lib/domain/verification';
import type { View } from '@/lib/domain/view';
import { type FaceFacts, formatConfidence } from './face-facts';

/** One face as the overlay draws it; coordinates in pixels of the picture. */
export interface OverlayFace {
  key: string;
  label: string;
  box: Box | null;
  landmarks: ImagePoint[];
  main: boolean;
}

/** Colours and type of the overlay, as CSS spells them. */
export interface OverlayStyle {
  main: string;
  minor: string;
  font: string;
}

/** Everything one frame of the overlay depends on. `stage` and `view` in CSS pixels. */
export interface OverlayScene {
  faces: OverlayFace[];
  picture: Size;
  stage: Size;
  view: View;
  lit: string | null;
  showBoxes: boolean;
  showLandmarks: boolean;
  style: OverlayStyle;
}

/** The faces of one picture in drawing order: further faces below, the main one on top. What cannot be drawn is left out. */
export function overlayFaces(facts: FaceFacts[]): OverlayFace[] {
  return facts
    .filter((fact) => fact.drawable || Object.keys(fact.face.landmarks).length > 0)
    .map((fact) => ({
      key: fact.key,
      label: labelOf(fact),
      box: fact.drawable ? fact.face.box : null,
      landmarks: LANDMARK_NAMES.flatMap((name) => fact.face.landmarks[name] ?? []),
      main: fact.main,
    }))
    .toSorted((a, b) => Number(a.main) - Number(b.main));
}

function labelOf({ face, name }: FaceFacts): string {
  const word = name.endsWith('ghost portrait') ? ' ghost' : '';
  return `${face.number}${word} · ${face.confidence === null ? '?' : formatConfidence(face.confidence)}`;
}
