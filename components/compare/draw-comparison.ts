import type { CompareMode } from '@/lib/domain/comparison-view';
import type { Size } from '@/lib/domain/geometry';
import { alignEyes, type EyePair } from '@/lib/picture/align-eyes';
import { type CompareView, eyesOnPane, type Pane, panesOf, type Shift } from './compare-view';
import { drawFace, type PicturePixels } from './draw-face';

/** One of the two faces of a comparison. */
export interface ComparedFace {
  pixels: PicturePixels;
  eyes: EyePair;
}

/** Everything one drawing of a comparison depends on. */
export interface ComparisonScene {
  id: ComparedFace;
  face: ComparedFace;
  mode: CompareMode;
  /** CSS pixels. */
  stage: Size;
  view: CompareView;
  /** What the selfie face alone was moved by hand. */
  moved: Shift;
  /** Which of the two is seen at this moment of blinking. */
  blinked: 'id' | 'face';
  /** Where the slider stands: the share of the width that shows the ID. */
  split: number;
  /** How much of the selfie covers the ID, 0..1. */
  mix: number;
  /** Canvas pixels per CSS pixel. */
  ratio: number;
}

const LINE = 'rgba(255, 255, 255, 0.7)';
const HALO = 'rgba(0, 0, 0, 0.45)';
const KNOB_PX = 7;

/** Draws both faces with their eyes on the same places, and the line through the eyes. */
export function drawComparison(context: CanvasRenderingContext2D, scene: ComparisonScene): void {
  const { mode, stage, ratio } = scene;
  const panes = panesOf(mode, stage);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, stage.width, stage.height);
  if (mode === 'side') for (const which of ['id', 'face'] as const) lay(context, scene, which, panes[which]);
  if (mode === 'blink') lay(context, scene, scene.blinked, panes[scene.blinked]);
  if (mode === 'slider') {
    const at = Math.round(stage.width * scene.split);
    lay(context, scene, 'id', panes.id, { ...panes.id, width: at });
    lay(context, scene, 'face', panes.face, { ...panes.face, x: at, width: stage.width - at });
  }
  if (mode === 'onion') {
    lay(context, scene, 'id', panes.id);
    context.globalAlpha = scene.mix;
    lay(context, scene, 'face', panes.face);
    context.globalAlpha = 1;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawEyeLine(context, scene, panes.id);
  if (mode === 'side') drawLine(context, panes.face.x, 0, panes.face.x, stage.height, []);
  if (mode === 'slider') drawSlider(context, scene);
}

function lay(context: CanvasRenderingContext2D, scene: ComparisonScene, which: 'id' | 'face', pane: Pane, within: Pane = pane): void {
  if (within.width < 1) return;
  const { pixels, eyes } = scene[which];
  const onto = eyesOnPane(pane, scene.view, which === 'face' ? scene.moved : undefined);
  drawFace(context, pixels, alignEyes(eyes, onto), within, scene.ratio);
}

function drawEyeLine(context: CanvasRenderingContext2D, { stage, view }: ComparisonScene, pane: Pane): void {
  const y = Math.round(eyesOnPane(pane, view).left.y) + 0.5;
  drawLine(context, 0, y, stage.width, y, [4, 4]);
}

function drawSlider(context: CanvasRenderingContext2D, { stage, split }: ComparisonScene): void {
  const x = Math.round(stage.width * split);
  drawLine(context, x, 0, x, stage.height, []);
  context.beginPath();
  context.arc(x, stage.height - 3 * KNOB_PX, KNOB_PX, 0, 2 * Math.PI);
  context.fillStyle = '#ffffff';
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = HALO;
  context.stroke();
}

// White on a dark halo is seen on every skin and every background.
function drawLine(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number, dash: number[]): void {
  context.setLineDash(dash);
  for (const [colour, width] of [
    [HALO, 2],
    [LINE, 1],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }
  context.setLineDash([]);
}
