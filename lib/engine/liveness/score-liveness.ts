import type { Box } from '../detect/box';
import type { Pyramid } from '../image/picture';
import { type Planes, rectangle, warp } from '../image/warp';
import type { Model } from '../models/sessions';

const SIDE = 128;
const INPUT: Planes = { width: SIDE, height: SIDE, order: 'bgr', subtract: 0, divide: 1, outside: 0 };

/** How much of the surroundings the model sees, in face boxes: the edge of a screen or a sheet of paper gives a spoof away. */
const SURROUNDINGS = 2.7;

/** How likely the face in `box` is a living person in front of the camera, 0..1. A filter, not a certified test. */
export async function scoreLiveness(model: Model, picture: Pyramid, box: Box): Promise<number> {
  const [x1, y1, x2, y2] = surroundings(box, picture);
  warp(picture, rectangle(x1, y1, x2, y2, SIDE, SIDE), INPUT, model.input);
  const { output } = await model.run();
  if (output === undefined) throw new Error('The liveness model has no output named output.');
  const highest = Math.max(...output);
  let sum = 0;
  for (const value of output) sum += Math.exp(value - highest);
  return Math.exp((output[0] ?? Number.NEGATIVE_INFINITY) - highest) / sum;
}

/** The box enlarged, pushed back inside the picture where it sticks out, and shrunk where it does not fit at all. */
function surroundings([x1, y1, x2, y2]: Box, { width, height }: Pyramid): Box {
  const scale = Math.min((width - 1) / (x2 - x1), (height - 1) / (y2 - y1), SURROUNDINGS);
  const w = (x2 - x1) * scale;
  const h = (y2 - y1) * scale;
  const left = Math.max(0, Math.min((x1 + x2) / 2 - w / 2, width - 1 - w));
  const top = Math.max(0, Math.min((y1 + y2) / 2 - h / 2, height - 1 - h));
  return [left, top, left + w, top + h];
}
