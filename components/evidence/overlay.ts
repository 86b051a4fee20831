import { viewMatrix } from '@/lib/picture/view';
import { drawBoxes } from './overlay-boxes';
import { placeFaces } from './overlay-faces';
import { drawLabels } from './overlay-labels';
import { drawLandmarks } from './overlay-landmarks';
import type { OverlayScene } from './overlay-scene';

/**
 * Draws boxes, landmarks and labels of one picture. Everything is computed in CSS pixels of the canvas, so lines and
 * letters keep their size at every zoom, and only what is in sight costs anything. Faces too small on the canvas for their
 * points and labels do without. The context's transform has to be that of the canvas itself.
 */
export function drawOverlay(context: CanvasRenderingContext2D, scene: OverlayScene): void {
  const matrix = viewMatrix(scene.picture, scene.view);
  const placed = placeFaces(scene, matrix);
  context.save();
  context.lineJoin = 'round';
  if (scene.showBoxes) drawBoxes(context, scene, placed, matrix);
  if (scene.showLandmarks) drawLandmarks(context, scene, placed, matrix);
  if (scene.showBoxes) drawLabels(context, scene, placed);
  context.restore();
}
