import type { Box, ImagePoint, Size } from '@/lib/domain/geometry';

/** How a file's pixels have to be turned to be seen upright, as EXIF numbers it (TIFF 6.0, tag 274). 1 is "not at all". */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Reads the value of the tag; whatever is none of the eight counts as 1, as browsers do. */
export function readOrientation(value: unknown): Orientation {
  return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
}

/** A turn as what brings it about: left and right exchanged first or not, then quarter turns clockwise. */
export interface UprightSteps {
  mirrored: boolean;
  turns: 0 | 1 | 2 | 3;
}

const STEPS: Record<Orientation, UprightSteps> = {
  1: { mirrored: false, turns: 0 },
  2: { mirrored: true, turns: 0 },
  3: { mirrored: false, turns: 2 },
  4: { mirrored: true, turns: 2 },
  5: { mirrored: true, turns: 3 },
  6: { mirrored: false, turns: 1 },
  7: { mirrored: true, turns: 1 },
  8: { mirrored: false, turns: 3 },
};

/** Returns what has to be done to the stored pixels of a picture so that it is upright. */
export function uprightSteps(orientation: Orientation): UprightSteps {
  return STEPS[orientation];
}

/** Whether left and right of the stored picture are exchanged: what was taken to be the subject's left is their right. */
export function isMirrored(orientation: Orientation): boolean {
  return STEPS[orientation].mirrored;
}

/** Returns the orientation of a picture that is turned further, by quarter turns clockwise. */
export function afterTurns(orientation: Orientation, quarters: number): Orientation {
  const { mirrored, turns } = STEPS[orientation];
  return orientationOf(mirrored, turns + quarters);
}

/** Returns the orientation of a picture that is then mirrored. */
export function afterMirror(orientation: Orientation, way: 'left-right' | 'up-down'): Orientation {
  const { mirrored, turns } = STEPS[orientation];
  return orientationOf(!mirrored, (way === 'up-down' ? 2 : 0) - turns);
}

function orientationOf(mirrored: boolean, turns: number): Orientation {
  const quarters = ((turns % 4) + 4) % 4;
  return ORIENTATIONS.find((one) => STEPS[one].mirrored === mirrored && STEPS[one].turns === quarters) ?? 1;
}

/** The stored pixels to the upright ones as `[a, b, c, d, e, f]`, the way a 2D context takes it. `shown` is the size of the upright picture. */
export function uprightMatrix(shown: Size, orientation: Orientation): [number, number, number, number, number, number] {
  const origin = storedToShown({ x: 0, y: 0 }, shown, orientation);
  const right = storedToShown({ x: 1, y: 0 }, shown, orientation);
  const down = storedToShown({ x: 0, y: 1 }, shown, orientation);
  return [right.x - origin.x, right.y - origin.y, down.x - origin.x, down.y - origin.y, origin.x, origin.y];
}

/** Width and height as stored in the file, of a picture that is shown upright with `shown`. Its own inverse. */
export function storedSize(shown: Size, orientation: Orientation): Size {
  return orientation < 5 ? shown : { width: shown.height, height: shown.width };
}

/** Where a point of the stored pixels lies on the upright picture. `shown` is the size of the upright picture. */
export function storedToShown({ x, y }: ImagePoint, shown: Size, orientation: Orientation): ImagePoint {
  const { width, height } = shown;
  switch (orientation) {
    case 1:
      return { x, y };
    case 2:
      return { x: width - x, y };
    case 3:
      return { x: width - x, y: height - y };
    case 4:
      return { x, y: height - y };
    case 5:
      return { x: y, y: x };
    case 6:
      return { x: width - y, y: x };
    case 7:
      return { x: width - y, y: height - x };
    case 8:
      return { x: y, y: height - x };
  }
}

/** A box of the stored pixels on the upright picture. */
export function storedBoxToShown({ x1, y1, x2, y2 }: Box, shown: Size, orientation: Orientation): Box {
  const a = storedToShown({ x: x1, y: y1 }, shown, orientation);
  const b = storedToShown({ x: x2, y: y2 }, shown, orientation);
  return { x1: Math.min(a.x, b.x), x2: Math.max(a.x, b.x), y1: Math.min(a.y, b.y), y2: Math.max(a.y, b.y) };
}
