import type { Size } from '@/lib/domain/geometry';

/** No canvas gets more pixels: some browsers draw none that has more. Four bytes each. */
const CANVAS_PIXELS_MAX = 16_777_216;

/** A canvas in pixels of the screen. */
export interface DeviceCanvas {
  /** Pixels of the canvas to a CSS pixel. */
  ratio: number;
  /** Whole pixels of the canvas. */
  pixels: Size;
  /** CSS pixels that are as many pixels of the screen, so that the browser does not stretch the canvas; hardly more than those asked for. */
  css: Size;
  /**
   * How the browser brings its pixels to the screen. A canvas begins between two pixels of the screen where the page lays it there, and then
   * smoothing would blur all of them: as long as both are as large, each is taken as it is.
   */
  rendering: 'pixelated' | 'auto';
}

/** Returns the canvas for a place of `room` CSS pixels on a screen with `ratio` pixels to one of them. */
export function deviceCanvas(room: Size, ratio: number): DeviceCanvas {
  const bounded = Math.min(ratio, Math.sqrt(CANVAS_PIXELS_MAX / Math.max(1, room.width * room.height)));
  // A length such as 333.0000001 is one of 333 pixels.
  const whole = (length: number) => Math.floor(length * bounded + 1e-6);
  const pixels = { width: whole(room.width), height: whole(room.height) };
  // A little more than the pixels take, so that nobody who multiplies again comes out below them.
  const css = { width: (pixels.width + 0.01) / bounded, height: (pixels.height + 0.01) / bounded };
  return { ratio: bounded, pixels, css, rendering: bounded === ratio ? 'pixelated' : 'auto' };
}

/** Whether one picture pixel is one pixel of the screen, or a whole number of them. `scale` is CSS pixels to a picture pixel. */
export function isWholePixels(scale: number, ratio: number): boolean {
  const times = scale * ratio;
  return times > 0.999 && Math.abs(times - Math.round(times)) < 1e-6 * times;
}

/** The nearest place, in CSS pixels, at which a pixel of the screen begins. */
export function onPixelGrid(place: number, ratio: number): number {
  return Math.round(place * ratio) / ratio;
}
