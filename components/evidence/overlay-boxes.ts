import type { Frame } from './label-place';
import { acrossOf, colourOf, DETAIL_FROM_PX, frameOf, HALO, type Matrix, type PlacedFace } from './overlay-faces';
import type { OverlayScene } from './overlay-scene';

/** Smaller than this, a face is a speck that says only where it is. CSS pixels. */
const BOX_FROM_PX = 4;
/** Dashes cost the browser far more than lines; in a crowd they would not be seen anyway. */
const DASHED_MAX = 200;
/** How far a line may leave the canvas: boxes come in every size, canvases do not draw every number. */
const BEYOND_PX = 64;
const MINOR_DASH = [5, 4];
const OUTSIDE_DASH = [1.5, 4];

interface Line {
  colour: string;
  width: number;
  dash: number[];
}

/**
 * Boxes that look alike share one path: a thousand of them are two strokes. A lit face gets a stronger line and nothing over
 * its skin: the evidence keeps its colours.
 */
export function drawBoxes(context: CanvasRenderingContext2D, scene: OverlayScene, placed: PlacedFace[], matrix: Matrix): void {
  const specks: Frame[] = [];
  const boxes: Frame[] = [];
  const dashed: Frame[] = [];
  const cut: PlacedFace[] = [];
  const strong: PlacedFace[] = [];
  const mayDash = placed.length <= DASHED_MAX;
  for (const one of placed) {
    const { face, frame, rank } = one;
    if (rank !== 'minor') strong.push(one);
    else if (face.clipped) cut.push(one);
    else if (Math.max(frame.width, frame.height) < BOX_FROM_PX) specks.push(frame);
    else if (mayDash && acrossOf(one) >= DETAIL_FROM_PX) dashed.push(frame);
    else boxes.push(frame);
  }
  drawSpecks(context, scene, specks);
  strokeBoxes(context, scene, boxes, { colour: scene.style.minor, width: 1.5, dash: [] });
  strokeBoxes(context, scene, dashed, { colour: scene.style.minor, width: 1.5, dash: MINOR_DASH });
  for (const one of cut) drawAlone(context, scene, one, matrix);
  for (const one of strong) drawAlone(context, scene, one, matrix);
}

// What lies outside the picture is there because the record says so, and is marked as such.
function drawAlone(context: CanvasRenderingContext2D, scene: OverlayScene, { face, frame, rank }: PlacedFace, matrix: Matrix): void {
  const width = rank === 'lit' ? 3 : rank === 'main' ? 2 : 1.5;
  const line = { colour: colourOf(face, scene), width, dash: rank === 'minor' ? MINOR_DASH : [] };
  if (face.clipped) strokeCut(context, scene, frame, line, matrix);
  else strokeBoxes(context, scene, [frame], line);
}

function strokeCut(context: CanvasRenderingContext2D, scene: OverlayScene, frame: Frame, line: Line, matrix: Matrix): void {
  strokeBoxes(context, scene, [frame], { ...line, dash: OUTSIDE_DASH });
  const { x, y, width: across, height } = frameOf({ x1: 0, y1: 0, x2: scene.picture.width, y2: scene.picture.height }, matrix);
  context.save();
  context.beginPath();
  context.rect(x, y, across, height);
  context.clip();
  strokeBoxes(context, scene, [frame], line);
  context.restore();
}

function strokeBoxes(context: CanvasRenderingContext2D, { stage }: OverlayScene, frames: Frame[], { colour, width, dash }: Line): void {
  if (frames.length === 0) return;
  context.beginPath();
  for (const frame of frames) {
    // Whole pixels keep the lines crisp; half a pixel of the screen is the most it costs.
    const left = Math.round(Math.max(frame.x, -BEYOND_PX));
    const top = Math.round(Math.max(frame.y, -BEYOND_PX));
    const right = Math.round(Math.min(frame.x + frame.width, stage.width + BEYOND_PX));
    const bottom = Math.round(Math.min(frame.y + frame.height, stage.height + BEYOND_PX));
    context.rect(left, top, right - left, bottom - top);
  }
  context.setLineDash(dash);
  context.strokeStyle = HALO;
  context.lineWidth = width + 2;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
  context.setLineDash([]);
}

function drawSpecks(context: CanvasRenderingContext2D, { style }: OverlayScene, frames: Frame[]): void {
  if (frames.length === 0) return;
  for (const [colour, size] of [
    [HALO, 4],
    [style.minor, 2],
  ] as const) {
    context.fillStyle = colour;
    context.beginPath();
    for (const { x, y, width, height } of frames) context.rect(x + (width - size) / 2, y + (height - size) / 2, size, size);
    context.fill();
  }
}
