import { type Frame, placeLabel, TakenPlaces } from './label-place';
import { acrossOf, colourOf, type PlacedFace } from './overlay-faces';
import type { OverlayScene } from './overlay-scene';

const LABEL_PX = 12;
const LABEL_HEIGHT = 18;
const LABEL_PADDING = 5;
/** A face smaller than this on the canvas is labelled when it is lit. CSS pixels. */
const LABEL_FROM_PX = 24;
/** Dark enough on every face colour, and the plate below is solid: legible on black and on white pictures alike. */
const INK = '#0b1a1e';
const MINOR_PLATE = '#20252b';
const MINOR_INK = '#ffffff';

/**
 * Number and confidence of every face with room for them. Lit and main faces choose their place first; a label that finds none
 * is cut to its number, and left out rather than laid over another.
 */
export function drawLabels(context: CanvasRenderingContext2D, scene: OverlayScene, placed: PlacedFace[]): void {
  context.font = `600 ${LABEL_PX}px ${scene.style.font}`;
  context.textBaseline = 'middle';
  const taken = new TakenPlaces();
  for (const one of placed.toReversed()) {
    if (one.rank === 'minor' && acrossOf(one) < LABEL_FROM_PX) continue;
    const label = placeText(context, one.frame, [one.face.label, one.face.shortLabel], scene, taken);
    if (!label) continue;
    taken.take(label.plate);
    const strong = one.rank !== 'minor';
    context.fillStyle = strong ? colourOf(one.face, scene) : MINOR_PLATE;
    context.beginPath();
    context.roundRect(label.plate.x, label.plate.y, label.plate.width, label.plate.height, 3);
    context.fill();
    context.fillStyle = strong ? INK : MINOR_INK;
    context.fillText(label.text, label.plate.x + LABEL_PADDING, label.plate.y + label.plate.height / 2 + 0.5);
  }
}

function placeText(
  context: CanvasRenderingContext2D,
  frame: Frame,
  texts: string[],
  { stage }: OverlayScene,
  taken: TakenPlaces,
): { text: string; plate: Frame } | null {
  for (const text of texts) {
    const plate = placeLabel(frame, { width: widthOf(context, text) + 2 * LABEL_PADDING, height: LABEL_HEIGHT }, stage, taken);
    if (plate) return { text, plate };
  }
  return null;
}

const REMEMBERED_MAX = 5000;
const widths = new Map<string, number>();

// Measuring takes as long as drawing, and a label is as wide in this frame as in the one before.
function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size >= REMEMBERED_MAX) widths.clear();
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
}
