import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxPlacement, readBox, readPoint, rollDegrees } from '@/lib/domain/geometry';
import { fitView, MAX_SCALE, MIN_SCALE, panBy, type Turn, toImage, toStage, turnedSize, type View, zoomAt } from '@/lib/picture/view';

const picture = { width: 400, height: 300 };

describe('reading a box', () => {
  test('takes corners in either order and says when they were reversed', () => {
    const box = { x1: 1, y1: 2, x2: 3, y2: 4 };
    expect(readBox(box)).toEqual({ box, problem: null });
    expect(readBox({ x1: 3, y1: 2, x2: 1, y2: 4 })).toEqual({ box, problem: 'reversed' });
  });

  test.each([
    [null, 'missing'],
    ['12', 'missing'],
    [{}, 'not-numbers'],
    [{ x1: '1', y1: 2, x2: 3, y2: 4 }, 'not-numbers'],
    [{ x1: Number.NaN, y1: 2, x2: 3, y2: 4 }, 'not-numbers'],
    [{ x1: 1, y1: 2, x2: 1, y2: 4 }, 'empty'],
  ])('does not draw %j: %s', (value, problem) => {
    expect(readBox(value)).toEqual({ box: null, problem });
  });

  test('reads a point only when both numbers are finite', () => {
    expect(readPoint({ x: 1, y: -2 })).toEqual({ x: 1, y: -2 });
    for (const broken of [null, {}, { x: 1 }, { x: 1, y: null }, { x: 1, y: Number.POSITIVE_INFINITY }])
      expect(readPoint(broken)).toBeNull();
  });
});

describe('a box in its picture', () => {
  test('is inside, cut by the edge, or outside, with one pixel of rounding forgiven', () => {
    expect(boxPlacement({ x1: -1, y1: 0, x2: 401, y2: 300 }, picture)).toBe('inside');
    expect(boxPlacement({ x1: -2, y1: 0, x2: 10, y2: 10 }, picture)).toBe('clipped');
    expect(boxPlacement({ x1: 400, y1: 0, x2: 500, y2: 10 }, picture)).toBe('outside');
  });
});

describe('the roll of a face', () => {
  test('is 0 upright, where the subject’s left eye has the larger x, and positive clockwise', () => {
    expect(rollDegrees({ x: 20, y: 5 }, { x: 10, y: 5 })).toBe(0);
    expect(rollDegrees({ x: 10, y: 20 }, { x: 10, y: 10 })).toBe(90);
    expect(rollDegrees({ x: 10, y: 5 }, { x: 20, y: 5 })).toBe(180);
  });
});

describe('the view of a picture', () => {
  const views = fc.record({
    scale: fc.double({ min: MIN_SCALE, max: MAX_SCALE, noNaN: true }),
    offsetX: fc.integer({ min: -5000, max: 5000 }),
    offsetY: fc.integer({ min: -5000, max: 5000 }),
    turn: fc.constantFrom<Turn>(0, 1, 2, 3),
  });
  const points = fc.record({ x: fc.integer({ min: -100, max: 500 }), y: fc.integer({ min: -100, max: 400 }) });

  test('leads from the picture to the screen and back to the same pixel, at every scale and turn', () => {
    fc.assert(
      fc.property(views, points, (view, point) => {
        const back = toImage(toStage(point, picture, view), picture, view);
        expect(back.x).toBeCloseTo(point.x, 3);
        expect(back.y).toBeCloseTo(point.y, 3);
      }),
    );
  });

  test('fits the whole picture into the stage, centred, at every turn', () => {
    for (const turn of [0, 1, 2, 3] as const) {
      const stage = { width: 200, height: 100 };
      const view = fitView(picture, stage, turn);
      const corners = [toStage({ x: 0, y: 0 }, picture, view), toStage({ x: 400, y: 300 }, picture, view)];
      const xs = corners.map(({ stageX }) => stageX);
      const ys = corners.map(({ stageY }) => stageY);
      expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
      expect(Math.min(...xs) + Math.max(...xs)).toBeCloseTo(stage.width);
      expect(Math.min(...ys) + Math.max(...ys)).toBeCloseTo(stage.height);
      expect(turnedSize(picture, turn).width * view.scale).toBeCloseTo(Math.max(...xs) - Math.min(...xs));
    }
  });

  test('does not blow up a small picture beyond four times', () => {
    expect(fitView({ width: 10, height: 10 }, { width: 1000, height: 1000 }).scale).toBe(4);
  });

  test('zooms around a point that stays where it is, within its limits', () => {
    fc.assert(
      fc.property(views, points, fc.double({ min: 0.001, max: 1000, noNaN: true }), (view, point, factor) => {
        const anchor = toStage(point, picture, view);
        const zoomed = zoomAt(view, anchor, factor);
        expect(zoomed.scale).toBeGreaterThanOrEqual(MIN_SCALE);
        expect(zoomed.scale).toBeLessThanOrEqual(MAX_SCALE);
        expect(toStage(point, picture, zoomed).stageX).toBeCloseTo(anchor.stageX, 3);
        expect(toStage(point, picture, zoomed).stageY).toBeCloseTo(anchor.stageY, 3);
      }),
    );
  });

  test('turns clockwise', () => {
    const view: View = { scale: 1, offsetX: 0, offsetY: 0, turn: 1 };
    expect(toStage({ x: 0, y: 0 }, picture, view)).toEqual({ stageX: 300, stageY: 0 });
    expect(toStage({ x: 0, y: 0 }, picture, panBy(view, 5, 7))).toEqual({ stageX: 305, stageY: 7 });
  });
});
