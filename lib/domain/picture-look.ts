/** How a picture is looked at: a filter between its pixels and the eye. The file is never touched. */
export interface PictureLook {
  /** -100..100; 0 leaves it. */
  brightness: number;
  /** -100..100; 0 leaves it. */
  contrast: number;
  /** 0.2..5; 1 leaves it, more lightens the dark parts. */
  gamma: number;
  /** 0..100; 0 leaves it. */
  sharpen: number;
  greyscale: boolean;
  invert: boolean;
}

export const PLAIN_LOOK: PictureLook = { brightness: 0, contrast: 0, gamma: 1, sharpen: 0, greyscale: false, invert: false };

export const LOOK_RANGES = {
  brightness: { min: -100, max: 100, step: 5 },
  contrast: { min: -100, max: 100, step: 5 },
  gamma: { min: 0.2, max: 5, step: 0.1 },
  sharpen: { min: 0, max: 100, step: 5 },
} as const;

export type LookScale = keyof typeof LOOK_RANGES;

/** Whether the picture is seen as it is. */
export function isPlain(look: PictureLook): boolean {
  return lookWords(look).length === 0;
}

/** What differs from the plain picture, as words: "contrast +40", "greyscale". */
export function lookWords({ brightness, contrast, gamma, sharpen, greyscale, invert }: PictureLook): string[] {
  const signed = (value: number) => (value > 0 ? `+${value}` : `−${-value}`);
  return [
    brightness !== 0 && `brightness ${signed(brightness)}`,
    contrast !== 0 && `contrast ${signed(contrast)}`,
    gamma !== 1 && `gamma ${gamma.toFixed(1)}`,
    sharpen !== 0 && `sharpened ${sharpen}`,
    greyscale && 'greyscale',
    invert && 'inverted',
  ].filter((word) => word !== false);
}
