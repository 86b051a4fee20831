import { acrossOf, colourOf, HALO, type Matrix, type PlacedFace } from './overlay-faces';
import type { OverlayScene } from './overlay-scene';

/** CSS pixels. */
const LINE_PX = 2;
const FULL_CIRCLE = 2 * Math.PI;
/** On a face smaller than this on the canvas rings would cover what they mark, and in a crowd they cost the most of all. CSS pixels. */
const RINGS_FROM_PX = 28;

/** Draws a ring around each landmark of faces that are large enough, so that the eye or mouth inside stays visible. Equal rings share one path. */
export function drawLandmarks(context: CanvasRenderingContext2D, scene: OverlayScene, placed: PlacedFace[], matrix: Matrix): void {
  // A handful at most: looked through, they cost less than a key made up for each of a thousand faces.
  const groups: { rank: PlacedFace['rank']; colour: string; radius: number; faces: PlacedFace[] }[] = [];
  for (const one of placed) {
    const across = acrossOf(one);
    if (one.face.landmarks.length === 0 || (across < RINGS_FROM_PX && one.rank !== 'lit')) continue;
    const { rank } = one;
    const colour = colourOf(one.face, scene);
    const radius = radiusOf(across) + (rank === 'lit' ? 1 : 0);
    const group = groups.find((other) => other.rank === rank && other.colour === colour && other.radius === radius);
    if (group) group.faces.push(one);
    else groups.push({ rank, colour, radius, faces: [one] });
  }
  for (const { colour, radius, faces } of groups) {
    traceRings(context, faces, matrix, radius);
    context.strokeStyle = HALO;
    context.lineWidth = LINE_PX + 2;
    context.stroke();
    context.strokeStyle = colour;
    context.lineWidth = LINE_PX;
    context.stroke();
  }
}

// In steps, so that faces of much the same size look the same and can be drawn together.
function radiusOf(across: number): number {
  if (across < 48) return 3;
  if (across < 96) return 4;
  return across < 160 ? 5 : 7;
}

function traceRings(context: CanvasRenderingContext2D, faces: PlacedFace[], [a, b, c, d, e, f]: Matrix, radius: number): void {
  context.beginPath();
  for (const { face } of faces) {
    for (const { x, y } of face.landmarks) {
      const across = a * x + c * y + e;
      const down = b * x + d * y + f;
      context.moveTo(across + radius, down);
      context.arc(across, down, radius, 0, FULL_CIRCLE);
    }
  }
}
