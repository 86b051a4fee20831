import type { Box } from '../detect/box';
import type { Pyramid } from '../image/picture';
import { type Affine, type Planes, warp } from '../image/warp';
import type { Model } from '../models/sessions';

export interface Point {
  x: number;
  y: number;
}

/** Five points of a face. Left and right are the subject's own. */
export interface Landmarks {
  nose: Point;
  leftEye: Point;
  rightEye: Point;
  mouthLeft: Point;
  mouthRight: Point;
}

const SIDE = 64;
const INPUT: Planes = { width: SIDE, height: SIDE, order: 'grey', subtract: 0, divide: 256, outside: 0 };

/**
 * The five landmarks of the face in `box`, in working pixels. A tilted head is looked at twice, the second time upright,
 * because the model knows upright faces only.
 */
export async function findLandmarks(model: Model, picture: Pyramid, box: Box): Promise<Landmarks> {
  const side = box[3] - box[1];
  const cx = (box[0] + box[2]) / 2;
  const cy = (box[1] + box[3]) / 2;
  const level = await points(model, picture, cx, cy, side, 0);
  const tilt = Math.atan2(level.leftEye.y - level.rightEye.y, level.leftEye.x - level.rightEye.x);
  return Math.abs(tilt) > 0.05 && Math.abs(tilt) < 1 ? points(model, picture, cx, cy, side, tilt) : level;
}

async function points(model: Model, picture: Pyramid, cx: number, cy: number, side: number, tilt: number): Promise<Landmarks> {
  const cos = (Math.cos(tilt) * side) / SIDE;
  const sin = (Math.sin(tilt) * side) / SIDE;
  const middle = (SIDE - 1) / 2;
  const map: Affine = [cos, -sin, cx - middle * cos + middle * sin, sin, cos, cy - middle * sin - middle * cos];
  warp(picture, map, INPUT, model.input);
  const { output } = await model.run();
  if (output === undefined) throw new Error('The landmark model has no output named output.');
  /** The mean of some of the model's 68 points (the usual 68-point numbering), brought back into the picture. */
  const mean = (...which: number[]): Point => {
    let x = 0;
    let y = 0;
    for (const i of which) {
      x += (output[i * 2] ?? 0) * SIDE - 0.5;
      y += (output[i * 2 + 1] ?? 0) * SIDE - 0.5;
    }
    x /= which.length;
    y /= which.length;
    return { x: map[0] * x + map[1] * y + map[2], y: map[3] * x + map[4] * y + map[5] };
  };
  return {
    nose: mean(30),
    leftEye: mean(43, 44, 46, 47),
    rightEye: mean(37, 38, 40, 41),
    mouthLeft: mean(54, 64),
    mouthRight: mean(48, 60),
  };
}
