import type { Box, Size } from '@/lib/domain/geometry';
import { fitView, MAX_SCALE, panBy, type Turn, toStage, turnedSize, type View } from '@/lib/picture/view';

/** How a reviewer left a picture: fitted to whatever size the canvas has, or held where she put it. */
export interface HeldView {
  turn: Turn;
  mirrored: boolean;
  /** The view she set and the canvas it was set on; null follows the canvas. */
  held: { view: View; stage: Size } | null;
}

export const FITTED: HeldView = { turn: 0, mirrored: false, held: null };

/** Share of the canvas a face fills once it is brought to the middle. */
const FACE_SHARE = 0.5;
/** CSS pixels of a picture that always stay on the canvas. */
const IN_SIGHT = 48;

/** The view on a canvas of this size. A held view keeps its middle in the middle when the canvas changes. */
export function viewOn(stage: Size, picture: Size, { turn, mirrored, held }: HeldView): View {
  if (!held) return { ...fitView(picture, stage, turn), mirrored };
  return panBy(held.view, (stage.width - held.stage.width) / 2, (stage.height - held.stage.height) / 2);
}

/** Holds a view, with enough of the picture on the canvas to find it again. */
export function holdView(view: View, picture: Size, stage: Size): HeldView {
  const turned = turnedSize(picture, view.turn);
  const within = (offset: number, length: number, room: number) =>
    Math.min(room - Math.min(IN_SIGHT, room / 2), Math.max(offset, Math.min(IN_SIGHT, room / 2) - length * view.scale));
  const offsetX = within(view.offsetX, turned.width, stage.width);
  const offsetY = within(view.offsetY, turned.height, stage.height);
  return { turn: view.turn, mirrored: view.mirrored ?? false, held: { view: { ...view, offsetX, offsetY }, stage } };
}

/** The view that brings a box to the middle, large enough to look at and not larger than the pixels bear. */
export function viewOfBox(box: Box, picture: Size, stage: Size, current: View): View {
  const turned = turnedSize({ width: box.x2 - box.x1, height: box.y2 - box.y1 }, current.turn);
  const wanted = FACE_SHARE * Math.min(stage.width / turned.width, stage.height / turned.height);
  const view = { ...current, scale: Math.min(wanted, MAX_SCALE / 4), offsetX: 0, offsetY: 0 };
  const middle = toStage({ x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }, picture, view);
  return panBy(view, stage.width / 2 - middle.stageX, stage.height / 2 - middle.stageY);
}

/** Room left around a face that is brought into sight. CSS pixels. */
const SIGHT_MARGIN = 24;

/** How far a picture has to be moved, in CSS pixels, for all of a box to lie on the canvas; 0 where it does. */
export function shiftIntoSight(box: Box, picture: Size, stage: Size, view: View): { dx: number; dy: number } {
  const a = toStage({ x: box.x1, y: box.y1 }, picture, view);
  const b = toStage({ x: box.x2, y: box.y2 }, picture, view);
  return { dx: shiftOf(a.stageX, b.stageX, stage.width), dy: shiftOf(a.stageY, b.stageY, stage.height) };
}

function shiftOf(one: number, other: number, room: number): number {
  const [start, end] = [Math.min(one, other), Math.max(one, other)];
  if (start >= 0 && end <= room) return 0;
  if (end - start + 2 * SIGHT_MARGIN > room) return room / 2 - (start + end) / 2;
  return start < SIGHT_MARGIN ? SIGHT_MARGIN - start : Math.min(0, room - SIGHT_MARGIN - end);
}

/** A quarter turn clockwise as it is seen (1) or back (-1), fitted anew. */
export function turnBy({ turn, mirrored }: HeldView, quarter: 1 | -1): HeldView {
  const next = (turn + (mirrored ? -quarter : quarter) + 4) % 4;
  return { turn: next === 1 || next === 2 || next === 3 ? next : 0, mirrored, held: null };
}

/** Left and right exchanged about the middle of the canvas, so that what is looked at stays in sight. */
export function mirror(state: HeldView, picture: Size): HeldView {
  const mirrored = !state.mirrored;
  if (!state.held) return { ...state, mirrored };
  const { view, stage } = state.held;
  const offsetX = stage.width - view.offsetX - turnedSize(picture, view.turn).width * view.scale;
  return { ...state, mirrored, held: { stage, view: { ...view, offsetX, mirrored } } };
}
