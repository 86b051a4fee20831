import { type Backdrop, drawBackdrop } from './draw-backdrop';
import { drawHead } from './draw-head';
import { addGrain } from './grain';
import { personOf } from './person';
import { settle } from './settle';

export interface PortraitOptions {
  /** Size of the picture in pixels; default 640 x 640. */
  width?: number;
  height?: number;
  /** -0.4 stern .. 0 neutral .. 1 teeth; default 0.15. */
  smile?: number;
  /** Head turned towards the picture's left (negative) or right, about -24..24; default 0. */
  turn?: number;
  /** Head tilted clockwise, in degrees; default 0. */
  tilt?: number;
  /** Brightness, 1 is as drawn. */
  light?: number;
  /** Where the light comes from: -1 the picture's left, 1 its right; default -0.6. */
  lightSide?: number;
  background?: Backdrop;
  /** Face width as a share of the picture's width; default 0.44. */
  faceShare?: number;
  /** Middle of the face as shares of width and height; default 0.5, 0.46. */
  place?: { x: number; y: number };
  /** Other people in the picture, beside and a little behind the first: their seeds. */
  companions?: readonly number[];
  /** Noise in levels of 0..255; default 7. */
  grain?: number;
}

/** Width of a drawn face in drawing units, on average. */
const FACE_UNITS = 280;

/**
 * Draws a person who does not exist and answers a JPEG (sRGB, no metadata). The same seed and options give the same
 * bytes. Seeds are integers >= 0; one seed is one person whatever the options.
 */
export async function drawPortrait(seed: number, options: PortraitOptions = {}): Promise<Buffer> {
  const { width = 640, height = 640, light = 1, grain = 7, background = 'studio' } = options;
  const place = await drawBackdrop(background, seed, width, height);
  const taken = await settle(place.composite([{ input: Buffer.from(peopleSvg(seed, options, width, height)) }]));
  // Drawn edges are sharper than any lens.
  const seen = taken.linear(light, 0).blur(Math.max(0.3, width / 1000));
  const grained = await addGrain(seen, grain, seed + 99);
  return grained.jpeg({ quality: 93, chromaSubsampling: '4:4:4' }).toBuffer();
}

function peopleSvg(seed: number, options: PortraitOptions, width: number, height: number): string {
  const { faceShare = 0.44, tilt = 0, companions = [] } = options;
  const place = options.place ?? { x: 0.5, y: 0.46 };
  const scale = (width * faceShare) / FACE_UNITS;
  const spots = companions.map((other, index) => {
    const side = index % 2 === 0 ? 1 : -1;
    const step = Math.floor(index / 2) + 1;
    const spot = { x: place.x * width + side * step * 430 * scale * 0.86, y: place.y * height + 34 * scale };
    return headAt(other, { ...options, turn: side * -10, smile: 0.3 }, spot, scale * 0.88, side * 4, `c${index}`);
  });
  const main = headAt(seed, options, { x: place.x * width, y: place.y * height }, scale, tilt, 'm');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${spots.join('')}${main}</svg>`;
}

function headAt(seed: number, options: PortraitOptions, spot: { x: number; y: number }, scale: number, tilt: number, id: string): string {
  const pose = { turn: options.turn ?? 0, smile: options.smile ?? 0.15, lightSide: options.lightSide ?? -0.6 };
  return `<g transform="translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)}) rotate(${tilt}) scale(${scale.toFixed(4)})">${drawHead(personOf(seed), pose, id)}</g>`;
}
