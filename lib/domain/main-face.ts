import { type Box, boxSize, clampBox, type Size } from './geometry';
import { type Face, facesOf, type Verification } from './verification';

/**
 * Returns the face a comparison is about among those of one file: the largest, which on an ID is the portrait. `picture` is the size of the
 * file's picture, null while it is unknown.
 */
export function mainFaceOf(faces: readonly Face[], picture: Size | null): Face | undefined {
  return faces.toSorted((a, b) => weight(b, picture) - weight(a, picture))[0];
}

/** Returns the portrait of the ID document; smaller faces on it are usually its ghost. */
export function portraitOf(verification: Verification): Face | undefined {
  return mainFaceOf(facesOf(verification, 'id'), null);
}

/** A ghost portrait is printed at most this wide, as a share of the portrait's width. */
const GHOST_WIDTH_MAX = 0.7;

/** Whether a face of an ID is clearly smaller than its portrait, as a ghost portrait is. */
export function isGhostOf(face: Face, portrait: Face | undefined): boolean {
  return face.box !== null && portrait?.box != null && boxSize(face.box).width <= boxSize(portrait.box).width * GHOST_WIDTH_MAX;
}

// The part of a box on the picture, and the less the more of it lies elsewhere: a box of absurd size is not the portrait.
function weight({ box }: Face, picture: Size | null): number {
  if (!box) return 0;
  const whole = areaOf(box);
  const seen = picture ? areaOf(clampBox(box, picture)) : whole;
  return Number.isFinite(whole) ? (seen * seen) / whole : 0;
}

const areaOf = ({ x1, x2, y1, y2 }: Box) => (x2 - x1) * (y2 - y1);
