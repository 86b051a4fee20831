import { describe, expect, test } from 'vitest';
import { faceAt } from '@/components/evidence/face-at';
import { placeLabel } from '@/components/evidence/label-place';
import { drawOverlay } from '@/components/evidence/overlay';
import type { OverlayFace, OverlayScene } from '@/components/evidence/overlay-scene';
import { recordingContext } from './recording-context';

const portrait: OverlayFace = {
  key: 'id-1',
  label: '1 · 0.9997',
  box: { x1: 100, y1: 100, x2: 200, y2: 220 },
  landmarks: [{ x: 150, y: 170 }],
  main: true,
};
const ghost: OverlayFace = {
  key: 'id-2',
  label: '2 ghost · 0.98',
  box: { x1: 300, y1: 300, x2: 340, y2: 350 },
  landmarks: [],
  main: false,
};

function scene(parts: Partial<OverlayScene> = {}): OverlayScene {
  return {
    faces: [ghost, portrait],
    picture: { width: 400, height: 400 },
    stage: { width: 800, height: 800 },
    view: { scale: 2, offsetX: 0, offsetY: 0, turn: 0 },
    lit: null,
    showBoxes: true,
    showLandmarks: true,
    style: { main: 'cyan', minor: 'grey', font: 'sans' },
    ...parts,
  };
}

function draw(parts: Partial<OverlayScene> = {}) {
  const { context, strokes } = recordingContext();
  drawOverlay(context, scene(parts));
  return strokes;
}

const boxes = (parts: Partial<OverlayScene>, colour: string) =>
  draw(parts).filter((stroke) => stroke.call === 'strokeRect' && stroke.colour === colour);

describe('the overlay', () => {
  test('boxes lie where the view puts them, also on a turned picture', () => {
    expect(boxes({}, 'cyan')[0]?.args).toEqual([200, 200, 200, 240]);
    const turned = { scale: 1, offsetX: 10, offsetY: 20, turn: 1 as const };
    expect(boxes({ view: turned }, 'cyan')[0]?.args).toEqual([400 - 220 + 10, 100 + 20, 120, 100]);
  });

  test('lines keep their width at every zoom', () => {
    const widths = [0.1, 1, 16].map((scale) => boxes({ view: { scale, offsetX: 0, offsetY: 0, turn: 0 } }, 'cyan')[0]?.lineWidth);
    expect(new Set(widths.filter(Boolean))).toEqual(new Set([2]));
  });

  test('a further face is dashed, the portrait is not, and a lit face is drawn stronger and last', () => {
    expect(boxes({}, 'cyan')[0]?.dash).toEqual([]);
    expect(boxes({}, 'grey')[0]?.dash).not.toEqual([]);
    const lit = draw({ lit: 'id-2' }).filter(({ call }) => call === 'strokeRect');
    expect(lit.at(-1)).toMatchObject({ colour: 'grey', lineWidth: 3, dash: [] });
  });

  test('every box has a dark rim below its colour, so that it shows on a white picture too', () => {
    const [rim, line] = draw({ faces: [portrait] }).filter(({ call }) => call === 'strokeRect');
    expect(rim?.args).toEqual(line?.args);
    expect(rim?.lineWidth).toBeGreaterThan(line?.lineWidth ?? 0);
  });

  test('boxes and landmarks can be switched off each by itself', () => {
    expect(draw({ showBoxes: false }).some(({ call }) => call === 'strokeRect' || call === 'fillText')).toBe(false);
    expect(draw({ showBoxes: false }).some(({ call }) => call === 'arc')).toBe(true);
    expect(draw({ showLandmarks: false }).some(({ call }) => call === 'arc')).toBe(false);
  });

  test('what lies off the canvas costs nothing', () => {
    expect(draw({ view: { scale: 2, offsetX: -2000, offsetY: 0, turn: 0 } }).filter(({ call }) => call === 'strokeRect')).toEqual([]);
  });

  test('no two labels lie on one another, however many faces there are', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => {
      const x1 = (index % 8) * 30;
      const y1 = Math.floor(index / 8) * 30;
      return { ...ghost, key: `id-${index}`, box: { x1, y1, x2: x1 + 25, y2: y1 + 25 } };
    });
    const plates = draw({ faces: crowd }).filter(({ call }) => call === 'roundRect');
    expect(plates.length).toBeGreaterThan(4);
    for (const [index, { args: a }] of plates.entries()) {
      for (const { args: b } of plates.slice(index + 1)) expect(overlap(a, b), `${a} and ${b}`).toBe(false);
    }
  });

  test('a label stays on the canvas: below a box at the top edge, within a box as high as the canvas', () => {
    const stage = { width: 300, height: 200 };
    const label = { width: 60, height: 18 };
    expect(placeLabel({ x: 10, y: 5, width: 50, height: 50 }, label, stage, [])?.y).toBe(57);
    expect(placeLabel({ x: 290, y: 100, width: 50, height: 50 }, label, stage, [])?.x).toBe(240);
    expect(placeLabel({ x: 10, y: -50, width: 50, height: 400 }, label, stage, [])?.y).toBe(2);
  });

  test('under the pointer the smaller of two nested faces is meant', () => {
    const nested = { ...ghost, key: 'in', box: { x1: 140, y1: 140, x2: 160, y2: 160 } };
    const faces = [nested, portrait];
    expect(faceAt({ stageX: 300, stageY: 300 }, { ...scene(), faces })).toBe('in');
    expect(faceAt({ stageX: 210, stageY: 210 }, { ...scene(), faces })).toBe('id-1');
    expect(faceAt({ stageX: 10, stageY: 10 }, { ...scene(), faces })).toBeNull();
  });
});

function overlap([ax = 0, ay = 0, aw = 0, ah = 0]: number[], [bx = 0, by = 0, bw = 0, bh = 0]: number[]): boolean {
  return ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
}
