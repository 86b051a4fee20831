import * as z from 'zod/mini';
import { comparisonSeen } from './comparison-view';
import { COORDINATE_SPACES } from './coordinate-space';
import { LOOK_RANGES, lookWords } from './picture-look';

const within = ({ min, max }: { min: number; max: number }) => z.number().check(z.gte(min), z.lte(max));
const pixels = z.number().check(z.gte(-1e9), z.lte(1e9));

const pictureSeen = z.strictObject({
  /** Screen pixels (CSS) to a picture pixel. */
  scale: z.number().check(z.positive(), z.lte(1000)),
  /** The picture pixel in the middle of the canvas. */
  centre: z.strictObject({ x: pixels, y: pixels }),
  /** The canvas, in CSS pixels. */
  canvas: z.strictObject({ width: pixels, height: pixels }),
  /** Quarter turns clockwise. */
  turn: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  mirrored: z.boolean(),
  look: z.strictObject({
    brightness: within(LOOK_RANGES.brightness),
    contrast: within(LOOK_RANGES.contrast),
    gamma: within(LOOK_RANGES.gamma),
    sharpen: within(LOOK_RANGES.sharpen),
    greyscale: z.boolean(),
    invert: z.boolean(),
  }),
  coordinates: z.strictObject({
    /** EXIF orientation of the file, 1..8. */
    orientation: z.int().check(z.gte(1), z.lte(8)),
    space: z.enum(COORDINATE_SPACES),
    /** By hand, against or without what was worked out. */
    byHand: z.boolean(),
  }),
});

/** How both pictures lay before the reviewer when she decided; null for one that was not there to be seen. */
export const decisionView = z.strictObject({
  id: z.nullable(pictureSeen),
  face: z.nullable(pictureSeen),
  /** Both moved together. */
  paired: z.boolean(),
  boxes: z.boolean(),
  landmarks: z.boolean(),
  /** How the faces lay upon each other; null when none could be compared, absent in decisions older than this. */
  comparison: z.optional(z.nullable(comparisonSeen)),
});

export type DecisionView = z.infer<typeof decisionView>;
export type PictureSeen = z.infer<typeof pictureSeen>;

/** The view of one picture as words: "at 200%, turned 90°, contrast +40, coordinates as stored (EXIF 6)". */
export function pictureSeenText({ scale, turn, mirrored, look, coordinates }: PictureSeen): string {
  const { orientation, space, byHand } = coordinates;
  return [
    `at ${Math.round(scale * 100)}%`,
    turn !== 0 && `turned ${turn * 90}°`,
    mirrored && 'mirrored',
    ...lookWords(look),
    orientation !== 1 && `coordinates as ${space}${byHand ? ' by hand' : ''} (EXIF ${orientation})`,
  ]
    .filter((word) => word !== false)
    .join(', ');
}
