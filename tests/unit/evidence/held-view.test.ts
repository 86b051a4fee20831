import { describe, expect, test } from 'vitest';
import { FITTED, holdView, turnBy, viewOfBox, viewOn } from '@/components/evidence/held-view';
import { toImage, toStage } from '@/lib/domain/view';

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

  test('four quarter turns lead back', () => {
    const turned = [turnBy(0, 1), turnBy(1, 1), turnBy(2, 1), turnBy(3, 1)].map(({ turn }) => turn);
    expect(turned).toEqual([1, 2, 3, 0]);
    expect(turnBy(0, -1).turn).toBe(3);
  });
});
