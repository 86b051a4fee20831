import { describe, expect, test } from 'vitest';
import { FITTED, type HeldView, holdView, mirror, shiftIntoSight, turnBy, viewOfBox, viewOn } from '@/components/evidence/held-view';
import { PictureViewStore } from '@/components/evidence/picture-view-store';
import { deviceCanvas } from '@/lib/picture/device-pixels';
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

  test('a face beyond the edge is brought into sight with as little movement as needed, one in sight not at all', () => {
    const view = { scale: 2, offsetX: -100, offsetY: 0, turn: 0 as const };
    expect(shiftIntoSight({ x1: 100, y1: 100, x2: 200, y2: 200 }, picture, stage, view)).toEqual({ dx: 0, dy: 0 });
    expect(shiftIntoSight({ x1: 400, y1: 100, x2: 450, y2: 200 }, picture, stage, view)).toEqual({ dx: 500 - 24 - 800, dy: 0 });
    expect(shiftIntoSight({ x1: 10, y1: 300, x2: 40, y2: 350 }, picture, stage, view)).toEqual({ dx: 24 + 80, dy: 500 - 24 - 700 });
    expect(shiftIntoSight({ x1: 0, y1: 0, x2: 400, y2: 100 }, picture, stage, view)).toEqual({ dx: 250 - 300, dy: 0 });
    // Seen from the side: what lies right in the picture is below.
    expect(shiftIntoSight({ x1: 400, y1: 100, x2: 450, y2: 200 }, picture, stage, { ...view, offsetX: 0, turn: 1 }).dy).toBeLessThan(0);
  });

  test('1:1 stays one pixel of the file to one of the screen when that changes, any other zoom stays as it is', () => {
    const store = new PictureViewStore();
    store.setPicture(picture);
    store.setStage(stage);
    store.setRatio(2);
    store.actualSize();
    expect(store.view?.scale).toBe(0.5);
    for (const ratio of [1, 1.25, 3]) {
      store.setRatio(ratio);
      expect((store.view?.scale ?? 0) * ratio).toBeCloseTo(1, 9);
      expect(store.centre?.x).toBeCloseTo(500, 6);
    }
    store.zoom(2);
    const scale = store.view?.scale;
    store.setRatio(1);
    expect(store.view?.scale).toBe(scale);
  });

  test('a canvas has whole pixels of the screen at every ratio, and never more than a browser draws', () => {
    for (const ratio of [1, 1.1, 1.25, 1.5, 2, 2.625, 3])
      for (const width of [301, 333, 500]) {
        const { pixels, css, ratio: own } = deviceCanvas({ width, height: 407 }, ratio);
        expect(own).toBe(ratio);
        expect(Math.floor(css.width * ratio)).toBe(pixels.width);
        expect(width * ratio - pixels.width).toBeLessThan(1);
      }
    const { pixels, ratio } = deviceCanvas({ width: 8000, height: 6000 }, 3);
    expect(pixels.width * pixels.height).toBeLessThanOrEqual(16_777_216);
    expect(ratio).toBeLessThan(1);
    expect(deviceCanvas({ width: 8000, height: 6000 }, 3).rendering).toBe('auto');
  });
});
