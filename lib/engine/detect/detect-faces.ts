import type { Pyramid } from '../image/picture';
import type { Model } from '../models/sessions';
import { type Box, type Candidate, overlap, strongest } from './box';
import { searchWindow } from './search-window';

/** A margin around the picture, as a share of its longer side: faces that fill the picture are found only with air around them. */
const MARGIN = 0.12;
const FIRST_LOOK = 0.5;
const SECOND_LOOK = 0.8;
/** Smaller faces, in working pixels, carry nothing to compare. */
const SMALLEST = 14;
const MOST = 20;

/**
 * Finds the faces of a picture: two looks at the whole, then a second look at each find, three times its size, which
 * both sharpens the box and drops most of what only resembled a face. Boxes in working pixels, inside the picture, best first.
 */
export async function detectFaces(model: Model, picture: Pyramid): Promise<Candidate[]> {
  const { width, height } = picture;
  const margin = Math.max(width, height) * MARGIN;
  const first = [
    ...(await searchWindow(model, picture, [0, 0, width, height], FIRST_LOOK)),
    ...(await searchWindow(model, picture, [-margin, -margin, width + margin, height + margin], FIRST_LOOK)),
  ];
  const confirmed: Candidate[] = [];
  for (const candidate of strongest(first, 0.35).slice(0, MOST)) {
    const face = await lookAgain(model, picture, candidate);
    if (face !== null) confirmed.push(face);
  }
  return strongest(confirmed, 0.3);
}

async function lookAgain(model: Model, picture: Pyramid, candidate: Candidate): Promise<Candidate | null> {
  const [x1, y1, x2, y2] = candidate.box;
  const side = Math.max(x2 - x1, y2 - y1);
  if (side < SMALLEST) return null;
  const cx = (x1 + x2) / 2;
  const cy = (y1 + y2) / 2;
  const window: Box = [cx - side * 1.5, cy - side * 1.125, cx + side * 1.5, cy + side * 1.125];
  const again = (await searchWindow(model, picture, window, SECOND_LOOK))
    .filter((other) => overlap(other.box, candidate.box) > 0.4)
    .reduce<Candidate | null>((best, other) => (best === null || other.score > best.score ? other : best), null);
  if (again === null) return null;
  return { score: Math.min(1, candidate.score * 0.3 + again.score * 0.7), box: clip(again.box, picture) };
}

function clip([x1, y1, x2, y2]: Box, { width, height }: Pyramid): Box {
  return [Math.max(0, x1), Math.max(0, y1), Math.min(width, x2), Math.min(height, y2)];
}
