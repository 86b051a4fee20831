import type { ImagePoint, StagePoint } from '@/lib/domain/geometry';
import { toStage } from '@/lib/domain/view';
import { type Frame, placeLabel } from './label-place';
import type { OverlayFace, OverlayScene } from './overlay-scene';

const LABEL_PX = 12;
const LABEL_HEIGHT = 18;
const LABEL_PADDING = 5;
const HALO = 'rgba(0, 0, 0, 0.6)';
/** Dark enough on every face colour, and the plate below is solid: legible on black and on white pictures alike. */
const INK = '#0b1a1e';
const MINOR_PLATE = '#20252b';
const MINOR_INK = '#ffffff';

/**
 * Draws boxes, landmarks and labels of one picture. Everything is computed in CSS pixels of the canvas, so lines and
 * letters keep their size at every zoom. The context's transform has to be that of the canvas itself.
 */
export function drawOverlay(context: CanvasRenderingContext2D, scene: OverlayScene): void {
  const faces = scene.faces.flatMap((face) => {
    const frame = face.box && frameOf(face, scene);
    return frame && !inSight(frame, scene) ? [] : [{ face, frame }];
  });
  const lastLit = faces.toSorted((a, b) => Number(a.face.key === scene.lit) - Number(b.face.key === scene.lit));
  context.save();
  context.lineJoin = 'round';
  if (scene.showBoxes) for (const { face, frame } of lastLit) if (frame) drawBox(context, scene, face, frame);
  if (scene.showLandmarks) for (const { face, frame } of lastLit) drawLandmarks(context, scene, face, frame);
  if (scene.showBoxes) drawLabels(context, scene, lastLit);
  context.restore();
}

// A lit face gets a stronger line and nothing over its skin: the evidence keeps its colours.
function drawBox(context: CanvasRenderingContext2D, scene: OverlayScene, face: OverlayFace, exact: Frame): void {
  // Whole pixels keep the lines crisp; half a pixel of the screen is the most it costs.
  const [x, y] = [Math.round(exact.x), Math.round(exact.y)];
  const [across, down] = [Math.round(exact.x + exact.width) - x, Math.round(exact.y + exact.height) - y];
  const lit = face.key === scene.lit;
  const width = lit ? 3 : face.main ? 2 : 1.5;
  context.setLineDash(face.main || lit ? [] : [5, 4]);
  context.strokeStyle = HALO;
  context.lineWidth = width + 2;
  context.strokeRect(x, y, across, down);
  context.strokeStyle = colourOf(face, scene);
  context.lineWidth = width;
  context.strokeRect(x, y, across, down);
  context.setLineDash([]);
}

function drawLandmarks(context: CanvasRenderingContext2D, scene: OverlayScene, face: OverlayFace, frame: Frame | null): void {
  const across = frame ? Math.min(frame.width, frame.height) : 60;
  if (across < 12) return;
  const radius = Math.min(4, Math.max(1.5, across / 40)) + (face.key === scene.lit ? 1 : 0);
  for (const landmark of face.landmarks) {
    const { stageX, stageY } = at(landmark, scene);
    dot(context, stageX, stageY, radius + 1, HALO);
    dot(context, stageX, stageY, radius, colourOf(face, scene));
  }
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

function drawLabels(context: CanvasRenderingContext2D, scene: OverlayScene, faces: { face: OverlayFace; frame: Frame | null }[]): void {
  context.font = `600 ${LABEL_PX}px ${scene.style.font}`;
  context.textBaseline = 'middle';
  const taken: Frame[] = [];
  // Lit and main faces choose their place first; a label that finds none is left out rather than laid over another.
  for (const { face, frame } of faces.toReversed()) {
    if (!frame) continue;
    const size = { width: context.measureText(face.label).width + 2 * LABEL_PADDING, height: LABEL_HEIGHT };
    const plate = placeLabel(frame, size, scene.stage, taken);
    if (!plate) continue;
    taken.push(plate);
    const strong = face.main || face.key === scene.lit;
    context.fillStyle = strong ? colourOf(face, scene) : MINOR_PLATE;
    context.beginPath();
    context.roundRect(plate.x, plate.y, plate.width, plate.height, 3);
    context.fill();
    context.fillStyle = strong ? INK : MINOR_INK;
    context.fillText(face.label, plate.x + LABEL_PADDING, plate.y + plate.height / 2 + 0.5);
  }
}

function frameOf(face: OverlayFace, scene: OverlayScene): Frame | null {
  if (!face.box) return null;
  const a = at({ x: face.box.x1, y: face.box.y1 }, scene);
  const b = at({ x: face.box.x2, y: face.box.y2 }, scene);
  return {
    x: Math.min(a.stageX, b.stageX),
    y: Math.min(a.stageY, b.stageY),
    width: Math.abs(a.stageX - b.stageX),
    height: Math.abs(a.stageY - b.stageY),
  };
}

function inSight(frame: Frame, { stage }: OverlayScene): boolean {
  return frame.x < stage.width && frame.y < stage.height && frame.x + frame.width > 0 && frame.y + frame.height > 0;
}

const at = (point: ImagePoint, scene: OverlayScene): StagePoint => toStage(point, scene.picture, scene.view);

const colourOf = (face: OverlayFace, { style }: OverlayScene): string => (face.main ? style.main : style.minor);
