import type { Size } from '@/lib/domain/geometry';

/** A rectangle in CSS pixels of the canvas. */
export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Wide and low like the labels themselves, so that one touches few cells. CSS pixels. */
const CELL = { width: 96, height: 24 };

/** The places already taken on a canvas, in cells, so that a thousand labels need not each look at all others. */
export class TakenPlaces {
  readonly #cells = new Map<number, Frame[]>();

  isFree(frame: Frame): boolean {
    return !cellsOf(frame).some((cell) => this.#cells.get(cell)?.some((other) => overlap(frame, other)));
  }

  take(frame: Frame): void {
    for (const cell of cellsOf(frame)) {
      const frames = this.#cells.get(cell);
      if (frames) frames.push(frame);
      else this.#cells.set(cell, [frame]);
    }
  }
}

/**
 * Where the label of a box goes: above it, below it, or within its top edge, flush with its left or its right; always inside
 * the canvas and never over a label already placed. Null when there is no such place.
 */
export function placeLabel(box: Frame, label: Size, stage: Size, taken: TakenPlaces): Frame | null {
  const left = clamp(box.x - 1, 0, stage.width - label.width);
  const right = clamp(box.x + box.width + 1 - label.width, 0, stage.width - label.width);
  const heights = [box.y - label.height - 2, box.y + box.height + 2, Math.max(box.y, 0) + 2];
  for (const y of heights) {
    if (y < 0 || y + label.height > stage.height) continue;
    for (const x of left === right ? [left] : [left, right]) {
      const frame = { x, y, width: label.width, height: label.height };
      if (taken.isFree(frame)) return frame;
    }
  }
  return null;
}

function cellsOf({ x, y, width, height }: Frame): number[] {
  const cells: number[] = [];
  for (let row = Math.floor(y / CELL.height); row <= Math.floor((y + height) / CELL.height); row++)
    for (let column = Math.floor(x / CELL.width); column <= Math.floor((x + width) / CELL.width); column++) cells.push(row * 4096 + column);
  return cells;
}

function overlap(a: Frame, b: Frame): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, Math.max(low, high)));
