import type { CoordinateSpace, SpaceSetting } from '@/lib/domain/coordinate-space';
import { type Box, boxPlacement, boxSize, clampBox, type ImagePoint, rollDegrees, type Size } from '@/lib/domain/geometry';
import { type Face, LANDMARK_NAMES, type LandmarkName } from '@/lib/domain/verification';
import { isMirrored, type Orientation, storedBoxToShown, storedToShown } from './orientation';

/** A way to take the coordinates of a record. */
export interface Space {
  space: CoordinateSpace;
  /** Left and right are named as they appear in a mirrored file, and are exchanged. */
  exchanged: boolean;
}

export interface SpaceChoice extends Space {
  /** One sentence or two. */
  reason: string;
  /** Nothing tells for certain, or what tells contradicts itself. */
  isGuess: boolean;
}

/** Beyond this roll a face does not stand upright: it lies. Degrees. */
const UPRIGHT_MAX_ROLL = 45;

const AS_SHOWN: Space = { space: 'shown', exchanged: false };

/**
 * Chooses how the coordinates of a picture's faces are taken. Boxes that lie outside of the picture speak first, then upright faces, then
 * boxes that its edge cuts. What the connection says about its API comes before all of that. Where nothing tells, coordinates count
 * as shown: that is what detectors are given. `shown` is the size of the upright picture.
 */
export function chooseSpace(
  faces: readonly Face[],
  shown: Size,
  orientation: Orientation,
  setting: SpaceSetting = 'per-picture',
): SpaceChoice {
  if (orientation === 1)
    return { ...AS_SHOWN, reason: 'The file is stored upright: stored and shown pixels are the same.', isGuess: false };
  const usable = faces.filter((face) => face.box || standing(face) !== null);
  const fits = waysOf(orientation).map((way) => fitOf(way, usable, shown, orientation));
  const best = (space: CoordinateSpace) => bestOf(fits.filter((fit) => fit.way.space === space));
  const [asShown, asStored] = [best('shown'), best('stored')];
  const own = ownChoice(asShown, asStored, usable);
  if (setting === 'per-picture') return own;
  const against = !own.isGuess && own.space !== setting ? ` This picture speaks for ${own.space}: ${own.reason}` : '';
  const { way } = setting === 'shown' ? asShown : asStored;
  return { ...way, reason: `The connection is set to coordinates as ${setting}.${against}`, isGuess: against !== '' };
}

/** A face with its box and points in pixels of the upright picture. Nothing else of it changes, `raw` least of all. */
export function placeFace(face: Face, { space, exchanged }: Space, shown: Size, orientation: Orientation): Face {
  if ((space === 'shown' || orientation === 1) && !exchanged) return face;
  const stored = space === 'stored';
  const at = (point: ImagePoint) => (stored ? storedToShown(point, shown, orientation) : point);
  const landmarks: Face['landmarks'] = {};
  for (const name of LANDMARK_NAMES) {
    const point = face.landmarks[exchanged ? OTHER_SIDE[name] : name];
    if (point) landmarks[name] = at(point);
  }
  const brokenLandmarks = exchanged ? face.brokenLandmarks.map((name) => OTHER_SIDE[name]) : face.brokenLandmarks;
  return { ...face, box: face.box && stored ? storedBoxToShown(face.box, shown, orientation) : face.box, landmarks, brokenLandmarks };
}

const OTHER_SIDE: Record<LandmarkName, LandmarkName> = {
  left_eye: 'right_eye',
  right_eye: 'left_eye',
  nose: 'nose',
  mouth_left: 'mouth_right',
  mouth_right: 'mouth_left',
};

interface Fit {
  way: Space;
  /** Boxes more than half of which lies off the picture. */
  outside: number;
  /** Faces on their feet. */
  upright: number;
  /** Of these, faces with the subject's left on the side where it has to be. */
  sided: number;
  /** Boxes the edge cuts. */
  cut: number;
}

function waysOf(orientation: Orientation): Space[] {
  const ways: Space[] = [AS_SHOWN, { space: 'stored', exchanged: false }];
  return isMirrored(orientation) ? [...ways, { space: 'stored', exchanged: true }] : ways;
}

function fitOf(way: Space, faces: readonly Face[], shown: Size, orientation: Orientation): Fit {
  const placed = faces.map((face) => placeFace(face, way, shown, orientation));
  const boxes = placed.flatMap(({ box }) => box ?? []);
  const stands = placed.map(standing);
  return {
    way,
    outside: boxes.filter((box) => shareInside(box, shown) < 0.5).length,
    upright: stands.filter((stand) => stand?.upright).length,
    sided: stands.filter((stand) => stand?.upright && stand.sided).length,
    cut: boxes.filter((box) => boxPlacement(box, shown) !== 'inside').length,
  };
}

/** Positive where the first fits worse. */
const compare = (a: Fit, b: Fit) => a.outside - b.outside || b.upright - a.upright || b.sided - a.sided || a.cut - b.cut;

// At least one way of each space is always among them.
const bestOf = (fits: Fit[]): Fit => fits.reduce((best, fit) => (compare(fit, best) < 0 ? fit : best));

function ownChoice(asShown: Fit, asStored: Fit, faces: readonly Face[]): SpaceChoice {
  if (faces.length === 0) return { ...AS_SHOWN, reason: 'No face to tell by; taken as shown.', isGuess: true };
  const order = compare(asShown, asStored);
  if (order === 0) return { ...AS_SHOWN, reason: 'Both ways fit equally well; taken as shown.', isGuess: true };
  const [best, other] = order < 0 ? [asShown, asStored] : [asStored, asShown];
  const sides = best.way.exchanged ? ' Left and right are named as in the mirrored file, and are exchanged.' : '';
  return { ...best.way, reason: `${whyBest(best, other, faces.length)}${sides}`, isGuess: contradicts(best, other) };
}

function whyBest(best: Fit, other: Fit, faces: number): string {
  const they = faces === 1 ? 'the face stands' : 'the faces stand';
  if (best.outside < other.outside) {
    const where = best.cut === 0 ? 'all boxes lie inside' : best.outside === 0 ? 'every box lies on' : 'more boxes lie on';
    return `Only so ${where} the picture${best.upright < other.upright ? `, although ${they} upright only the other way` : ''}.`;
  }
  const cut = best.cut > other.cut ? `, although ${best.cut === 1 ? 'a box is' : `${best.cut} boxes are`} then cut at the edge` : '';
  if (best.upright > other.upright) return `Only so ${they} upright${cut}.`;
  if (best.sided > other.sided) return `Only so left and right lie on the sides they are named after${cut}.`;
  return 'Only so all boxes lie inside the picture.';
}

// What fits best in one respect and worse in another is told by neither.
function contradicts(best: Fit, other: Fit): boolean {
  return best.upright < other.upright || best.cut > other.cut;
}

interface Stand {
  upright: boolean;
  sided: boolean;
}

/** How a face stands; null without two eyes. Eyes tell a lying face, mouth and nose one that stands on its head. */
function standing({ landmarks }: Face): Stand | null {
  const { left_eye: left, right_eye: right, mouth_left: a, mouth_right: b, nose } = landmarks;
  if (!left || !right) return null;
  const roll = rollDegrees(left, right);
  const tilt = Math.min(Math.abs(roll), 180 - Math.abs(roll));
  const below = a ?? b ?? nose;
  const sided = Math.abs(roll) <= 90;
  const headUp = below === undefined ? sided : below.y > (left.y + right.y) / 2;
  return { upright: headUp && tilt <= UPRIGHT_MAX_ROLL, sided };
}

function shareInside(box: Box, picture: Size): number {
  const area = ({ width, height }: Size) => width * height;
  const whole = area(boxSize(box));
  return Number.isFinite(whole) && whole > 0 ? area(boxSize(clampBox(box, picture))) / whole : 0;
}
