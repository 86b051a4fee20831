import type { Box } from '@/lib/domain/geometry';
import { boxInSight, type viewMatrix } from '@/lib/picture/view';
import type { Frame } from './label-place';
import type { OverlayFace } from './overlay-face';
import type { OverlayScene } from './overlay-scene';

/** Below every line and dot: with the bright colours above it, the overlay shows on white and on black pictures alike. */
export const HALO = 'rgba(0, 0, 0, 0.6)';

/** A face smaller than this on the canvas is a box and no more. CSS pixels. */
export const DETAIL_FROM_PX = 14;
export type Matrix = ReturnType<typeof viewMatrix>;

/** A face with its place on the canvas. */
export interface PlacedFace {
  face: OverlayFace;
  frame: Frame;
  rank: 'minor' | 'main' | 'lit';
}

/** The faces in sight, in drawing order; the lit one comes last and therefore on top. */
export function placeFaces(scene: OverlayScene, matrix: Matrix): PlacedFace[] {
  const placed: PlacedFace[] = [];
  let lit: PlacedFace | null = null;
  for (const face of scene.faces.within(boxInSight(scene.picture, scene.stage, scene.view))) {
    const frame = frameOf(face.box, matrix);
    if (face.key === scene.lit) lit = { face, frame, rank: 'lit' };
    else placed.push({ face, frame, rank: face.main ? 'main' : 'minor' });
  }
  if (lit) placed.push(lit);
  return placed;
}

/** A box of the picture on the canvas. */
export function frameOf({ x1, y1, x2, y2 }: Box, [a, b, c, d, e, f]: Matrix): Frame {
  const [ax, ay, bx, by] = [a * x1 + c * y1 + e, b * x1 + d * y1 + f, a * x2 + c * y2 + e, b * x2 + d * y2 + f];
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) };
}

/** The colour of a face's lines. */
export function colourOf({ main }: OverlayFace, { style }: OverlayScene): string {
  return main ? style.main : style.minor;
}

/** How much room a face has for its points: the shorter side of its box. */
export function acrossOf({ frame }: PlacedFace): number {
  return Math.min(frame.width, frame.height);
}
