import type { Box, ImagePoint, Size, StagePoint } from '@/lib/domain/geometry';

/** Quarter turns clockwise. */
export type Turn = 0 | 1 | 2 | 3;

/**
 * How a picture lies on its canvas: `stage = mirror(rotate(image)) * scale + offset`. `scale` is CSS pixels per picture pixel,
 * `mirrored` exchanges left and right of what is seen.
 */
export interface View {
  scale: number;
  offsetX: number;
  offsetY: number;
  turn: Turn;
  mirrored?: boolean;
}

export const MIN_SCALE = 0.02;
export const MAX_SCALE = 32;

/** Size of the picture after its quarter turns. */
export function turnedSize(picture: Size, turn: Turn): Size {
  return turn % 2 === 0 ? picture : { width: picture.height, height: picture.width };
}

/** The view that shows the whole picture centred, never enlarged beyond `maxScale`. */
export function fitView(picture: Size, stage: Size, turn: Turn = 0, maxScale = 4): View {
  const turned = turnedSize(picture, turn);
  const scale = Math.min(stage.width / turned.width, stage.height / turned.height, maxScale);
  return { scale, turn, offsetX: (stage.width - turned.width * scale) / 2, offsetY: (stage.height - turned.height * scale) / 2 };
}

/** Picture pixel to canvas pixel. */
export function toStage(point: ImagePoint, picture: Size, view: View): StagePoint {
  const { x, y } = turnPoint(point, picture, view.turn);
  const across = view.mirrored ? turnedSize(picture, view.turn).width - x : x;
  return { stageX: across * view.scale + view.offsetX, stageY: y * view.scale + view.offsetY };
}

/** Canvas pixel to picture pixel: the inverse of `toStage`. */
export function toImage(point: StagePoint, picture: Size, view: View): ImagePoint {
  const across = (point.stageX - view.offsetX) / view.scale;
  const x = view.mirrored ? turnedSize(picture, view.turn).width - across : across;
  const turned = { x, y: (point.stageY - view.offsetY) / view.scale };
  const back: Turn = view.turn === 1 ? 3 : view.turn === 3 ? 1 : view.turn;
  return turnPoint(turned, turnedSize(picture, view.turn), back);
}

/** The picture's pixels to the canvas's as `[a, b, c, d, e, f]`, the way a 2D context takes it. */
export function viewMatrix(picture: Size, view: View): [number, number, number, number, number, number] {
  const origin = toStage({ x: 0, y: 0 }, picture, view);
  const right = toStage({ x: 1, y: 0 }, picture, view);
  const down = toStage({ x: 0, y: 1 }, picture, view);
  return [
    right.stageX - origin.stageX,
    right.stageY - origin.stageY,
    down.stageX - origin.stageX,
    down.stageY - origin.stageY,
    origin.stageX,
    origin.stageY,
  ];
}

/** The part of the picture a canvas shows, in picture pixels; it may reach beyond the picture. */
export function boxInSight(picture: Size, stage: Size, view: View): Box {
  const a = toImage({ stageX: 0, stageY: 0 }, picture, view);
  const b = toImage({ stageX: stage.width, stageY: stage.height }, picture, view);
  return { x1: Math.min(a.x, b.x), x2: Math.max(a.x, b.x), y1: Math.min(a.y, b.y), y2: Math.max(a.y, b.y) };
}

/** Zooms by `factor` with `anchor` staying where it is on the screen. */
export function zoomAt(view: View, anchor: StagePoint, factor: number): View {
  const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, view.scale * factor));
  const ratio = scale / view.scale;
  return {
    ...view,
    scale,
    offsetX: anchor.stageX - (anchor.stageX - view.offsetX) * ratio,
    offsetY: anchor.stageY - (anchor.stageY - view.offsetY) * ratio,
  };
}

/** Moves the picture by CSS pixels. */
export function panBy(view: View, dx: number, dy: number): View {
  return { ...view, offsetX: view.offsetX + dx, offsetY: view.offsetY + dy };
}

function turnPoint(point: ImagePoint, picture: Size, turn: Turn): ImagePoint {
  if (turn === 1) return { x: picture.height - point.y, y: point.x };
  if (turn === 2) return { x: picture.width - point.x, y: picture.height - point.y };
  if (turn === 3) return { x: point.y, y: picture.width - point.x };
  return point;
}
