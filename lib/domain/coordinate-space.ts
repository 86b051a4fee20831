import { boxPlacement, rollDegrees, type Size } from './geometry';
import { type Orientation, storedBoxToShown, storedToShown } from './orientation';
import { type Face, LANDMARK_NAMES } from './verification';

/** What the coordinates of a record count: pixels of the upright picture, or of the file before EXIF turned it. */
export const COORDINATE_SPACES = ['shown', 'stored'] as const;
export type CoordinateSpace = (typeof COORDINATE_SPACES)[number];

export interface SpaceChoice {
  space: CoordinateSpace;
  /** One sentence. */
  reason: string;
}

/** Beyond this roll a face does not stand upright: it lies. Degrees. */
const UPRIGHT_MAX_ROLL = 45;

/**
 * The space in which boxes lie inside and faces stand upright. Where both fit, or neither, the coordinates are taken as
 * shown: that is what detectors are given. `shown` is the size of the upright picture.
 */
export function chooseSpace(faces: readonly Face[], shown: Size, orientation: Orientation): SpaceChoice {
  if (orientation === 1) return { space: 'shown', reason: 'The file is stored upright: stored and shown pixels are the same.' };
  const usable = faces.filter((face) => face.box || standing(face) !== null);
  if (usable.length === 0) return { space: 'shown', reason: 'No face to tell by; taken as shown.' };
  const asShown = fitOf(usable, shown);
  const asStored = fitOf(
    usable.map((face) => placeFace(face, 'stored', shown, orientation)),
    shown,
  );
  if (asShown.inside !== asStored.inside) {
    const space = asShown.inside > asStored.inside ? 'shown' : 'stored';
    const best = space === 'shown' ? asShown : asStored;
    return { space, reason: `Only so ${best.inside === usable.length ? 'all boxes lie' : `${best.inside} boxes lie`} inside the picture.` };
  }
  if (asShown.upright !== asStored.upright) {
    const space = asShown.upright > asStored.upright ? 'shown' : 'stored';
    return { space, reason: `Only so ${usable.length === 1 ? 'the face stands' : 'the faces stand'} upright.` };
  }
  return { space: 'shown', reason: 'Both ways fit equally well; taken as shown.' };
}

/** A face with its box and points in pixels of the upright picture. Nothing else of it changes, `raw` least of all. */
export function placeFace(face: Face, space: CoordinateSpace, shown: Size, orientation: Orientation): Face {
  if (space === 'shown' || orientation === 1) return face;
  const landmarks: Face['landmarks'] = {};
  for (const name of LANDMARK_NAMES) {
    const point = face.landmarks[name];
    if (point) landmarks[name] = storedToShown(point, shown, orientation);
  }
  return { ...face, box: face.box && storedBoxToShown(face.box, shown, orientation), landmarks };
}

function fitOf(faces: readonly Face[], shown: Size): { inside: number; upright: number } {
  return {
    inside: faces.filter(({ box }) => box !== null && boxPlacement(box, shown) === 'inside').length,
    upright: faces.filter((face) => standing(face) === true).length,
  };
}

// The eyes tell a turned face from an upright one, the mouth one that stands on its head in a mirror.
function standing({ landmarks }: Face): boolean | null {
  const { left_eye: left, right_eye: right, mouth_left: a, mouth_right: b, nose } = landmarks;
  if (!left || !right) return null;
  const below = a ?? b ?? nose;
  const headUp = below === undefined || below.y > Math.min(left.y, right.y);
  return headUp && Math.abs(rollDegrees(left, right)) <= UPRIGHT_MAX_ROLL;
}
