import { describe, expect, test } from 'vitest';
import { FITTED, type HeldView, holdView, mirror, turnBy, viewOfBox, viewOn } from '@/components/evidence/held-view';
import { toImage, toStage } from '@/lib/picture/view';

const picture = { width: 1000, height: 500 };
const stage = { width: 500, height: 500 };

describe('the view of a picture', () => {
  test('a fitted picture follows the canvas', () => {
    expect(viewOn(stage, picture, FITTED).scale).toBe(0.5);
    expect(viewOn({ width: 250, height: 500 }, picture, FITTED).scale).toBe(0.25);
  });

  test('a held picture keeps its middle in the middle when the window changes', () => {
    const held = holdView({ scale: 2, offsetX: -300, offsetY: -200, turn: 0 }, picture, stage);
    const before = toImage({ stageX: 250, stageY: 250 }, picture, viewOn(stage, picture, held));
    const after = toImage({ stageX: 400, stageY: 150 }, picture, viewOn({ width: 800, height: 300 }, picture, held));
    expect(after).toEqual(before);
  });

  test('a picture cannot be pushed off the canvas', () => {
    for (const offset of [-1e6, 1e6]) {
      const view = viewOn(stage, picture, holdView({ scale: 1, offsetX: offset, offsetY: offset, turn: 0 }, picture, stage));
      expect(view.offsetX).toBeLessThan(stage.width);
      expect(view.offsetX + picture.width).toBeGreaterThan(0);
    }
  });

  test('a face is brought to the middle, on a turned picture too', () => {
    const box = { x1: 100, y1: 100, x2: 200, y2: 200 };
    for (const turn of [0, 1, 2, 3] as const) {
      const view = viewOfBox(box, picture, stage, { scale: 0.5, offsetX: 0, offsetY: 0, turn });
      const { stageX, stageY } = toStage({ x: 150, y: 150 }, picture, view);
      expect([Math.round(stageX), Math.round(stageY)]).toEqual([250, 250]);
    }
  });

  test('four quarter turns lead back, and on a mirrored picture they go the way they are seen to go', () => {
    const turns = [1, 2, 3, 4].map((count) => Array.from({ length: count }).reduce<HeldView>((state) => turnBy(state, 1), FITTED).turn);
    expect(turns).toEqual([1, 2, 3, 0]);
    expect(turnBy(FITTED, -1).turn).toBe(3);
    const mirrored = turnBy({ ...FITTED, mirrored: true }, 1);
    const corner = toStage({ x: 0, y: 0 }, picture, viewOn(stage, picture, { ...FITTED, mirrored: true }));
    expect(corner.stageX).toBe(500);
    // The top right corner as it was seen lies below on the right after a turn clockwise.
    const turned = toStage({ x: 0, y: 0 }, picture, viewOn(stage, picture, mirrored));
    expect([turned.stageX, turned.stageY]).toEqual([375, 500]);
  });

  test('mirroring keeps what is in the middle in the middle, and twice is as before', () => {
    const held = holdView({ scale: 2, offsetX: -300, offsetY: -200, turn: 1 }, picture, stage);
    const middle = (state: HeldView) => toImage({ stageX: 250, stageY: 250 }, picture, viewOn(stage, picture, state));
    expect(middle(mirror(held, picture))).toEqual(middle(held));
    expect(mirror(mirror(held, picture), picture)).toEqual({ ...held, held: { stage, view: { ...held.held?.view, mirrored: false } } });
  });

  test('a point goes to the canvas and back, however the picture is turned and mirrored', () => {
    for (const turn of [0, 1, 2, 3] as const) {
      for (const mirrored of [false, true]) {
        const view = { scale: 0.7, offsetX: 13, offsetY: -40, turn, mirrored };
        const { x, y } = toImage(toStage({ x: 123, y: 45 }, picture, view), picture, view);
        expect([x, y].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([123, 45]);
      }
    }
  });
});
