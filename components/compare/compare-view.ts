import type { CompareMode } from '@/lib/domain/comparison-view';
import type { Size, StagePoint } from '@/lib/domain/geometry';
import type { EyePair } from '@/lib/picture/align-eyes';

/** A part of the canvas, in its CSS pixels. */
export interface Pane extends Size {
  x: number;
  y: number;
}

/** A distance in distances of the eyes, so that it means the same at every zoom and size. */
export interface Shift {
  x: number;
  y: number;
}

/** How both faces lie on their pane: `zoom` 1 shows a face from hairline to chin. */
export interface CompareView {
  zoom: number;
  shift: Shift;
}

export const AT_REST: CompareView = { zoom: 1, shift: { x: 0, y: 0 } };
export const NOT_MOVED: Shift = { x: 0, y: 0 };

const ZOOM_MIN = 0.2;
const ZOOM_MAX = 16;
// A face is about 3.3 distances of the eyes high, hair and chin included, and lies for the larger part below the eyes.
const EYES_PER_HEIGHT = 0.29;
const EYES_PER_WIDTH = 0.33;
const EYE_LINE = 0.44;

/** Where the face of the ID and that of the selfie are drawn: beside each other, or both on the whole canvas. */
export function panesOf(mode: CompareMode, { width, height }: Size): { id: Pane; face: Pane } {
  const whole = { x: 0, y: 0, width, height };
  if (mode !== 'side') return { id: whole, face: whole };
  const half = Math.floor(width / 2);
  return { id: { ...whole, width: half }, face: { ...whole, x: half, width: width - half } };
}

/** The distance of the eyes on a pane, in CSS pixels: the same for both faces. */
export function eyeDistanceOn(pane: Size, zoom: number): number {
  return Math.min(pane.height * EYES_PER_HEIGHT, pane.width * EYES_PER_WIDTH) * zoom;
}

/** Where the eyes of a face lie on the canvas; `own` is what it alone was moved by hand. */
export function eyesOnPane(pane: Pane, { zoom, shift }: CompareView, own: Shift = NOT_MOVED): EyePair {
  const apart = eyeDistanceOn(pane, zoom);
  const x = pane.x + pane.width / 2 + (shift.x + own.x) * apart;
  const y = pane.y + pane.height * EYE_LINE + (shift.y + own.y) * apart;
  return { left: { x: x + apart / 2, y }, right: { x: x - apart / 2, y } };
}

/** Zooms about a point of the canvas, its pane's eyes when none is given; what lies there stays there. */
export function zoomCompare(view: CompareView, factor: number, pane: Pane, anchor?: StagePoint): CompareView {
  const zoom = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, view.zoom * factor));
  if (!anchor) return { zoom, shift: view.shift };
  const nearer = 1 / eyeDistanceOn(pane, zoom) - 1 / eyeDistanceOn(pane, view.zoom);
  const x = view.shift.x + (anchor.stageX - pane.x - pane.width / 2) * nearer;
  const y = view.shift.y + (anchor.stageY - pane.y - pane.height * EYE_LINE) * nearer;
  return { zoom, shift: { x, y } };
}

/** The pane a point of the canvas lies on. */
export function paneAt(panes: { id: Pane; face: Pane }, { stageX }: StagePoint): Pane {
  return stageX < panes.face.x ? panes.id : panes.face;
}

/** Adds a distance in CSS pixels of the canvas. */
export function shiftBy(shift: Shift, dx: number, dy: number, eyeDistance: number): Shift {
  return { x: shift.x + dx / eyeDistance, y: shift.y + dy / eyeDistance };
}
