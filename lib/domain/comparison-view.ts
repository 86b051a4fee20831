import * as z from 'zod/mini';

/** The ways to lay two faces beside or upon each other. */
export const COMPARE_MODES = ['side', 'blink', 'slider', 'onion'] as const;
export type CompareMode = (typeof COMPARE_MODES)[number];

export const MODE_LABEL: Record<CompareMode, string> = {
  side: 'Side by side',
  blink: 'Blink',
  slider: 'Slider',
  onion: 'Onion skin',
};

const eyeDistances = z.number().check(z.gte(-1e6), z.lte(1e6));
const shift = z.strictObject({ x: eyeDistances, y: eyeDistances });

const comparedFace = z.strictObject({
  /** As the record counts the faces of this picture, from 1. */
  number: z.int().check(z.gte(1)),
  /** Laid by its two eyes, by eyes that came under each other's names, or by a guess from its box. */
  laidBy: z.enum(['landmarks', 'exchanged', 'box']),
});

/** How the two faces lay upon each other when she decided. Distances in distances of the eyes, so that they mean the same on every screen. */
export const comparisonSeen = z.strictObject({
  mode: z.enum(COMPARE_MODES),
  id: comparedFace,
  face: comparedFace,
  /** 1 shows a face from hairline to chin. */
  zoom: z.number().check(z.positive(), z.lte(1000)),
  /** What both faces were moved by. */
  shift,
  /** What the selfie face alone was moved by hand. */
  moved: shift,
  /** It lay over both pictures, not below them. */
  large: z.boolean(),
  /** When in its clip a frame was that was kept to compare by, milliseconds; null for the picture itself. */
  stillMs: z.nullable(z.number().check(z.gte(0), z.lte(1e9))),
});

export type ComparisonSeen = z.infer<typeof comparisonSeen>;

/** The view of a comparison as words: "blink, ID face 1 and selfie face 2, at 150%, the selfie moved by hand +0.10 across and −0.02 down". */
export function comparisonSeenText({ mode, id, face, zoom, moved, stillMs }: ComparisonSeen): string {
  const guessed = [id.laidBy === 'box' && 'the ID', face.laidBy === 'box' && 'the selfie'].filter((side) => side !== false);
  return [
    MODE_LABEL[mode].toLowerCase(),
    `ID face ${id.number} and selfie face ${face.number}`,
    stillMs !== null && `a frame kept at ${(stillMs / 1000).toFixed(2)} s`,
    guessed.length > 0 && `${guessed.join(' and ')} laid by the box`,
    zoom !== 1 && `at ${Math.round(zoom * 100)}%`,
    (moved.x !== 0 || moved.y !== 0) && `the selfie moved by hand ${signed(moved.x)} across and ${signed(moved.y)} down`,
  ]
    .filter((word) => word !== false)
    .join(', ');
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
