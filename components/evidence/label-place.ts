import type { Size } from '@/lib/domain/geometry';

/** A rectangle in CSS pixels of the canvas. */
export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Where the label of a box goes: above it, below it, or within its top edge; always inside the canvas and never over a
 * label already placed. Null when there is no such place.
 */
export function placeLabel(box: Frame, label: Size, stage: Size, taken: readonly Frame[]): Frame | null {
  const x = clamp(box.x - 1, 0, stage.width - label.width);
  const heights = [box.y - label.height - 2, box.y + box.height + 2, Math.max(box.y, 0) + 2];
  for (const y of heights) {
    const frame = { x, y, ...label };
    if (y < 0 || y + label.height > stage.height) continue;
    if (!taken.some((other) => overlap(frame, other))) return frame;
  }
  return null;
}

function overlap(a: Frame, b: Frame): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, Math.max(low, high)));
