import type { Pyramid } from '../image/picture';
import { type Planes, rectangle, warp } from '../image/warp';
import type { Model } from '../models/sessions';
import type { Box, Candidate } from './box';

const INPUT: Planes = { width: 320, height: 240, order: 'rgb', subtract: 127, divide: 128, outside: 127 };
const ASPECT = INPUT.width / INPUT.height;

/**
 * Runs the detector once on a window of the picture, which may reach beyond its edges; it is widened to 4:3 first.
 * Gives every candidate scoring above `least`, in pixels of the picture, overlapping ones included.
 */
export async function searchWindow(model: Model, picture: Pyramid, window: Box, least: number): Promise<Candidate[]> {
  const [x1, y1, x2, y2] = widen(window);
  warp(picture, rectangle(x1, y1, x2, y2, INPUT.width, INPUT.height), INPUT, model.input);
  const { scores, boxes } = await model.run();
  if (scores === undefined || boxes === undefined) throw new Error('The detector has no outputs named scores and boxes.');
  const width = x2 - x1;
  const height = y2 - y1;
  const found: Candidate[] = [];
  for (let i = 0; i * 2 + 1 < scores.length; i += 1) {
    const score = scores[i * 2 + 1] ?? 0;
    if (score <= least) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.subarray(i * 4, i * 4 + 4);
    found.push({ score, box: [x1 + left * width, y1 + top * height, x1 + right * width, y1 + bottom * height] });
  }
  return found;
}

function widen([x1, y1, x2, y2]: Box): Box {
  const width = x2 - x1;
  const height = y2 - y1;
  const wide = Math.max(width, height * ASPECT);
  const high = wide / ASPECT;
  const left = x1 - (wide - width) / 2;
  const top = y1 - (high - height) / 2;
  return [left, top, left + wide, top + high];
}
