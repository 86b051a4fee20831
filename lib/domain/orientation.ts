import type { Box, ImagePoint, Size } from './geometry';

/** How a file's pixels have to be turned to be seen upright, as EXIF numbers it (TIFF 6.0, tag 274). 1 is "not at all". */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Reads the value of the tag; whatever is none of the eight counts as 1, as browsers do. */
export function readOrientation(value: unknown): Orientation {
  return ORIENTATIONS.find((orientation) => orientation === value) ?? 1;
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
