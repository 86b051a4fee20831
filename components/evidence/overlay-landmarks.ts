import { acrossOf, colourOf, DETAIL_FROM_PX, HALO, type Matrix, type PlacedFace } from './overlay-faces';
import type { OverlayScene } from './overlay-scene';

/** Too short to be seen, long enough for the round ends of a line to be drawn. */
const DOT_PX = 0.01;

/** The points of every face with room for them. Dots that look alike share one path, as round ends of lines of no length. */
export function drawLandmarks(context: CanvasRenderingContext2D, scene: OverlayScene, placed: PlacedFace[], matrix: Matrix): void {
  // A handful at most: looked through, they cost less than a key made up for each of a thousand faces.
  const groups: { rank: PlacedFace['rank']; colour: string; radius: number; faces: PlacedFace[] }[] = [];
  for (const one of placed) {
    const across = acrossOf(one);
    if (one.face.landmarks.length === 0 || (across < DETAIL_FROM_PX && one.rank !== 'lit')) continue;
    const { rank } = one;
    const colour = colourOf(one.face, scene);
    const radius = radiusOf(across) + (rank === 'lit' ? 1 : 0);
    const group = groups.find((other) => other.rank === rank && other.colour === colour && other.radius === radius);
    if (group) group.faces.push(one);
    else groups.push({ rank, colour, radius, faces: [one] });
  }
  context.lineCap = 'round';
  for (const { colour, radius, faces } of groups) {
    traceDots(context, faces, matrix);
    context.strokeStyle = HALO;
    context.lineWidth = 2 * radius + 2;
    context.stroke();
    context.strokeStyle = colour;
    context.lineWidth = 2 * radius;
    context.stroke();
  }
  context.lineCap = 'butt';
}

// In steps, so that faces of much the same size look the same and can be drawn together.
function radiusOf(across: number): number {
  if (across < 48) return 1.5;
  if (across < 96) return 2;
  return across < 160 ? 3 : 4;
}

function traceDots(context: CanvasRenderingContext2D, faces: PlacedFace[], [a, b, c, d, e, f]: Matrix): void {
  context.beginPath();
  for (const { face } of faces) {
    for (const { x, y } of face.landmarks) {
      const across = a * x + c * y + e;
      const down = b * x + d * y + f;
      context.moveTo(across, down);
      context.lineTo(across + DOT_PX, down);
    }
  }
}
