import type { ImagePoint } from '@/lib/domain/geometry';
import { type EyePair, inEyeUnits } from './align-eyes';

/** A face brought upright onto a square of fixed size, its eyes always at the same places, so that any two are measured alike. */
export interface FaceSample {
  /** Brightness 0..255 row by row, −1 where the picture has no pixel; `SAMPLE_SIDE` squared. */
  grey: ArrayLike<number>;
}

export const SAMPLE_SIDE = 160;
/**
 * Distance of the eyes in a sample, in its pixels. Sharpness depends on scale: every face is measured at this one, so that a
 * portrait of 40 pixels between the eyes shows how little it holds, and one of 800 is not called soft for its smooth skin.
 */
export const SAMPLE_EYE_DISTANCE = 64;
/** Where the eyes lie in a sample. */
export const SAMPLE_EYES: EyePair = {
  left: { x: (SAMPLE_SIDE + SAMPLE_EYE_DISTANCE) / 2, y: 64 },
  right: { x: (SAMPLE_SIDE - SAMPLE_EYE_DISTANCE) / 2, y: 64 },
};

// The oval of a face about its eyes, in distances of the eyes: forehead to chin, without hair and background.
const OVAL = { below: 0.35, across: 0.95, down: 1.3 };

/** How sharp a crop is: variance of the Laplacian after slight smoothing, as a share of the crop's own variance, times 1,000. */
export type Sharpness = { value: number; word: 'soft' | 'good' };
/** How a crop is lit. `mean` is 0..255; `slope` is the difference of its two halves as a share of their mean. */
export type Light = { mean: number; slope: number; word: 'dark' | 'bright' | 'uneven' | 'even' };
/** Where the nose points; `offset` is its distance from the middle of the eyes in distances of the eyes, positive to the subject's left. */
export type Yaw = { offset: number; word: 'front' | 'turned left' | 'turned right' };

/** What a crop is worth to whoever compares it. */
export interface FaceQuality {
  sharpness: Sharpness;
  light: Light;
}

/** A blur as wide as a fortieth of the distance of the eyes brings a sharp face below this: lid folds and the rim of the iris are gone. */
const SHARP_FROM = 60;
/** Skin is never judged by its own brightness: a crop is dark when even its brightest twentieth, whites of the eyes and highlights, is. */
const LIT_FROM = 70;
/** From this level on a pixel is burnt out or next to it, and its detail lost. */
const BURNT_FROM = 240;
const BURNT_SHARE = 0.08;
/** One half of the face this much brighter than the other hides the shape of nose and jaw; soft light from a side stays below. */
const UNEVEN_FROM = 0.35;
/** A nose this far from the middle means a head turned by some 15 degrees, where widths begin to shorten. */
const TURNED_FROM = 0.15;

/** The brightness of a sample, read off its pixels: red, green, blue, opacity, row by row. */
export function greySample(rgba: ArrayLike<number>): FaceSample {
  const grey = new Float32Array(SAMPLE_SIDE * SAMPLE_SIDE);
  for (let at = 0; at < grey.length; at++) {
    const red = at * 4;
    const luma = 0.299 * (rgba[red] ?? 0) + 0.587 * (rgba[red + 1] ?? 0) + 0.114 * (rgba[red + 2] ?? 0);
    grey[at] = rgba[red + 3] === 255 ? luma : -1;
  }
  return { grey };
}

/** Sharpness and light of a face; null when too little of it lies within the picture. */
export function measureSample({ grey }: FaceSample): FaceQuality | null {
  const oval = ovalPixels(grey);
  if (oval.length < SAMPLE_SIDE) return null;
  return { sharpness: sharpnessOf(grey, oval), light: lightOf(grey, oval) };
}

/** Which way a head is turned, as far as the nose tells; null without one. Only a hint: noses differ. */
export function yawHint(eyes: EyePair, nose: ImagePoint | undefined): Yaw | null {
  if (!nose) return null;
  const offset = inEyeUnits(eyes, nose).x;
  return { offset, word: Math.abs(offset) < TURNED_FROM ? 'front' : offset > 0 ? 'turned left' : 'turned right' };
}

/** The pixels of the sample within the face and the picture, by index. */
function ovalPixels(grey: ArrayLike<number>): Int32Array {
  const middle = { x: SAMPLE_SIDE / 2, y: SAMPLE_EYES.left.y + OVAL.below * SAMPLE_EYE_DISTANCE };
  const found: number[] = [];
  // Two pixels of margin: the Laplacian of the smoothed sample looks that far.
  for (let y = 2; y < SAMPLE_SIDE - 2; y++)
    for (let x = 2; x < SAMPLE_SIDE - 2; x++) {
      const across = (x - middle.x) / (OVAL.across * SAMPLE_EYE_DISTANCE);
      const down = (y - middle.y) / (OVAL.down * SAMPLE_EYE_DISTANCE);
      const at = y * SAMPLE_SIDE + x;
      if (across * across + down * down <= 1 && (grey[at] ?? -1) >= 0) found.push(at);
    }
  return Int32Array.from(found);
}

function sharpnessOf(grey: ArrayLike<number>, oval: Int32Array): Sharpness {
  const smooth = smoothed(grey);
  const edges = spread();
  const tones = spread();
  for (const at of oval) {
    const here = smooth[at] ?? -1;
    const left = smooth[at - 1] ?? -1;
    const right = smooth[at + 1] ?? -1;
    const above = smooth[at - SAMPLE_SIDE] ?? -1;
    const below = smooth[at + SAMPLE_SIDE] ?? -1;
    tones.add(here);
    if (Math.min(left, right, above, below) >= 0) edges.add(left + right + above + below - 4 * here);
  }
  const contrast = tones.variance();
  const value = contrast > 0 ? (1000 * edges.variance()) / contrast : 0;
  return { value, word: value < SHARP_FROM ? 'soft' : 'good' };
}

// Film grain and sensor noise live in single pixels; what tells faces apart does not.
function smoothed(grey: ArrayLike<number>): Float32Array {
  let from = Float32Array.from(grey);
  for (const step of [1, SAMPLE_SIDE]) {
    const to = from.slice();
    for (let at = step; at < from.length - step; at++) {
      const before = from[at - step] ?? -1;
      const here = from[at] ?? -1;
      const after = from[at + step] ?? -1;
      if (here >= 0 && before >= 0 && after >= 0) to[at] = (before + 2 * here + after) / 4;
    }
    from = to;
  }
  return from;
}

function lightOf(grey: ArrayLike<number>, oval: Int32Array): Light {
  const values = Float32Array.from(oval, (at) => grey[at] ?? 0);
  const halves = [spread(), spread()] as const;
  for (const at of oval) halves[at % SAMPLE_SIDE < SAMPLE_SIDE / 2 ? 0 : 1].add(grey[at] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const slope = mean > 0 && halves.every((half) => half.count() > 0) ? (halves[1].mean() - halves[0].mean()) / mean : 0;
  const brightest = values.sort()[Math.floor(values.length * 0.95)] ?? 0;
  const burnt = values.filter((value) => value >= BURNT_FROM).length / values.length;
  if (brightest < LIT_FROM) return { mean, slope, word: 'dark' };
  if (burnt > BURNT_SHARE) return { mean, slope, word: 'bright' };
  return { mean, slope, word: Math.abs(slope) >= UNEVEN_FROM ? 'uneven' : 'even' };
}

/** Mean and variance of numbers that come one by one. */
function spread() {
  let count = 0;
  let sum = 0;
  let squares = 0;
  return {
    add(value: number) {
      count++;
      sum += value;
      squares += value * value;
    },
    count: () => count,
    mean: () => (count > 0 ? sum / count : 0),
    variance: () => (count > 0 ? Math.max(0, squares / count - (sum / count) ** 2) : 0),
  };
}
