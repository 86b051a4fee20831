import { describe, expect, test } from 'vitest';
import { faceAt } from '@/components/evidence/face-at';
import { faceFacts } from '@/components/evidence/face-facts';
import { indexFaces } from '@/components/evidence/face-index';
import { placeLabel, TakenPlaces } from '@/components/evidence/label-place';
import { drawOverlay } from '@/components/evidence/overlay';
import { type OverlayFace, overlayFaces } from '@/components/evidence/overlay-face';
import type { OverlayScene } from '@/components/evidence/overlay-scene';
import { face as faceOf, record } from './record';
import { recordingContext } from './recording-context';

const portrait: OverlayFace = {
  key: 'id-1',
  label: '1 · 0.9997',
  shortLabel: '1',
  clipped: false,
  box: { x1: 100, y1: 100, x2: 200, y2: 220 },
  landmarks: [{ x: 150, y: 170 }],
  main: true,
};
const ghost: OverlayFace = {
  key: 'id-2',
  label: '2 ghost · 0.98',
  shortLabel: '2',
  clipped: false,
  box: { x1: 300, y1: 300, x2: 340, y2: 350 },
  landmarks: [],
  main: false,
};

function scene(parts: Partial<OverlayScene> = {}): OverlayScene {
  return {
    faces: indexFaces([ghost, portrait]),
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
  draw(parts).filter((stroke) => stroke.call === 'box' && stroke.colour === colour);

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
    const lit = draw({ lit: 'id-2' }).filter(({ call }) => call === 'box');
    expect(lit.at(-1)).toMatchObject({ colour: 'grey', lineWidth: 3, dash: [] });
  });

  test('every box has a dark rim below its colour, so that it shows on a white picture too', () => {
    const [rim, line] = draw({ faces: indexFaces([portrait]) }).filter(({ call }) => call === 'box');
    expect(rim?.args).toEqual(line?.args);
    expect(rim?.lineWidth).toBeGreaterThan(line?.lineWidth ?? 0);
  });

  test('boxes and landmarks can be switched off each by itself', () => {
    expect(draw({ showBoxes: false }).some(({ call }) => call === 'box' || call === 'fillText')).toBe(false);
    expect(draw({ showBoxes: false }).some(({ call }) => call === 'dot')).toBe(true);
    expect(draw({ showLandmarks: false }).some(({ call }) => call === 'dot')).toBe(false);
  });

  test('a landmark is a ring that leaves what it marks in sight, on small faces and on large ones', () => {
    for (const scale of [0.3, 1, 2, 8]) {
      const rings = draw({ view: { scale, offsetX: 400 - 150 * scale, offsetY: 400 - 170 * scale, turn: 0 }, lit: 'id-1' }).filter(
        ({ call }) => call === 'arc',
      );
      expect(rings.length, `scale ${scale}`).toBe(1);
      const [x = 0, y = 0, radius = 0] = rings[0]?.args ?? [];
      expect([Math.round(x), Math.round(y)]).toEqual([400, 400]);
      // Between the inner rim of the dark line and the point itself.
      expect(radius - 2, `scale ${scale}`).toBeGreaterThanOrEqual(1);
    }
    expect(draw().filter(({ call }) => call === 'fill' || call === 'ellipse')).toEqual([]);
  });

  test('a face that is said not to be drawn leaves no point on the picture either', () => {
    const place = { size: { width: 400, height: 400 }, orientation: 1 as const, space: 'shown' as const, exchanged: false };
    const hidden = [
      faceOf({ number: 2, box: null, boxProblem: 'missing' }),
      faceOf({ number: 3, box: { x1: 500, y1: 10, x2: 600, y2: 90 } }),
      faceOf({ number: 4, box: null, boxProblem: 'empty' }),
    ];
    const facts = faceFacts(record([faceOf(), ...hidden]), { id: place, face: null });
    expect(facts.map(({ drawable }) => drawable)).toEqual([true, false, false, false]);
    expect(overlayFaces(facts, place.size).map(({ key }) => key)).toEqual(['id-1']);
  });

  test('what lies off the canvas costs nothing', () => {
    expect(draw({ view: { scale: 2, offsetX: -2000, offsetY: 0, turn: 0 } }).filter(({ call }) => call === 'box')).toEqual([]);
  });

  test('no two labels lie on one another, however many faces there are', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => {
      const x1 = (index % 8) * 30;
      const y1 = Math.floor(index / 8) * 30;
      return { ...ghost, key: `id-${index}`, box: { x1, y1, x2: x1 + 25, y2: y1 + 25 } };
    });
    const plates = draw({ faces: indexFaces(crowd) }).filter(({ call }) => call === 'roundRect');
    expect(plates.length).toBeGreaterThan(4);
    for (const [index, { args: a }] of plates.entries()) {
      for (const { args: b } of plates.slice(index + 1)) expect(overlap(a, b), `${a} and ${b}`).toBe(false);
    }
  });

  test('a label stays on the canvas: below a box at the top edge, within a box as high as the canvas', () => {
    const stage = { width: 300, height: 200 };
    const label = { width: 60, height: 18 };
    expect(placeLabel({ x: 10, y: 5, width: 50, height: 50 }, label, stage, new TakenPlaces())?.y).toBe(57);
    expect(placeLabel({ x: 290, y: 100, width: 50, height: 50 }, label, stage, new TakenPlaces())?.x).toBe(240);
    expect(placeLabel({ x: 10, y: -50, width: 50, height: 400 }, label, stage, new TakenPlaces())?.y).toBe(2);
  });

  test('under the pointer the smaller of two nested faces is meant', () => {
    const nested = { ...ghost, key: 'in', box: { x1: 140, y1: 140, x2: 160, y2: 160 } };
    const index = indexFaces([nested, portrait]);
    expect(faceAt({ stageX: 300, stageY: 300 }, { ...scene(), index })).toBe('in');
    expect(faceAt({ stageX: 210, stageY: 210 }, { ...scene(), index })).toBe('id-1');
    expect(faceAt({ stageX: 10, stageY: 10 }, { ...scene(), index })).toBeNull();
  });

  test('where there is no room for all of a label, its number is left', () => {
    const crowd = Array.from({ length: 9 }, (_, index) => {
      const [x1, y1] = [(index % 3) * 25, 100 + Math.floor(index / 3) * 25];
      return { ...ghost, key: `id-${index}`, shortLabel: String(index + 1), box: { x1, y1, x2: x1 + 20, y2: y1 + 20 } };
    });
    const texts = draw({ faces: indexFaces(crowd) }).flatMap(({ call, text }) => (call === 'fillText' ? [text ?? ''] : []));
    expect(texts.some((text) => /^\d$/.test(text))).toBe(true);
    expect(texts.some((text) => text.includes('ghost'))).toBe(true);
  });

  test('a face that is small on the canvas is a box without points and label, a tiny one a speck; lit it has them all', () => {
    const at = (scale: number, lit: string | null) =>
      draw({ view: { scale, offsetX: 0, offsetY: 0, turn: 0 }, lit, faces: indexFaces([{ ...ghost, landmarks: [{ x: 320, y: 320 }] }]) });
    const calls = (strokes: ReturnType<typeof draw>) => new Set(strokes.map(({ call }) => call));
    expect([...calls(at(1, null))]).toEqual(expect.arrayContaining(['box', 'dot', 'fillText']));
    expect([...calls(at(0.3, null))]).not.toEqual(expect.arrayContaining(['dot']));
    expect([...calls(at(0.3, null))]).not.toEqual(expect.arrayContaining(['fillText']));
    const [speck] = at(0.05, null).filter(({ call }) => call === 'box');
    expect(speck?.args.slice(2)).toEqual([4, 4]);
    expect([...calls(at(0.3, 'id-2'))]).toEqual(expect.arrayContaining(['box', 'dot', 'fillText']));
  });

  test('a thousand faces are a handful of paths', () => {
    const crowd = Array.from({ length: 1000 }, (_, index) => {
      const [x1, y1] = [(index % 40) * 10, Math.floor(index / 40) * 16];
      return { ...ghost, key: `id-${index}`, box: { x1, y1, x2: x1 + 8, y2: y1 + 8 } };
    });
    const { context, strokes } = recordingContext();
    let paths = 0;
    const counting = new Proxy(context, {
      get: (target, name) => {
        if (name === 'stroke' || name === 'fill') paths++;
        return Reflect.get(target, name);
      },
    });
    drawOverlay(counting, scene({ faces: indexFaces(crowd) }));
    expect(strokes.filter(({ call, colour }) => call === 'box' && colour === 'grey')).toHaveLength(1000);
    expect(paths).toBeLessThan(10);
  });

  test('what lies outside the picture is dotted there, and the label says that it is cut', () => {
    const place = { size: { width: 180, height: 400 }, orientation: 1 as const, space: 'shown' as const, exchanged: false };
    const faces = overlayFaces(faceFacts(record([faceOf()]), { id: place, face: null }), place.size);
    const strokes = draw({ faces: indexFaces(faces), picture: place.size });
    const lines = strokes.filter(({ call, colour }) => call === 'box' && colour === 'cyan');
    expect(lines.map(({ dash }) => dash.length > 0)).toEqual([true, false]);
    expect(strokes.some(({ call }) => call === 'clip')).toBe(true);
    expect(strokes.find(({ call }) => call === 'fillText')?.text).toBe('1 · 0.9996 · cut');
  });

  test('a box of absurd size is drawn as far as the canvas goes and does not become the portrait', () => {
    const place = { size: { width: 400, height: 400 }, orientation: 1 as const, space: 'shown' as const, exchanged: false };
    const absurd = faceOf({ number: 2, box: { x1: 1, y1: 1, x2: 1e300, y2: 1e300 } });
    const facts = faceFacts(record([faceOf(), absurd]), { id: place, face: null });
    expect(facts.map(({ main }) => main)).toEqual([true, false]);
    const strokes = draw({ faces: indexFaces(overlayFaces(facts, place.size)) });
    expect(strokes.every(({ args }) => args.every((value) => Math.abs(value) < 10_000))).toBe(true);
  });

  test('a point outside the picture is not drawn but told with what the record says', () => {
    const place = { size: { width: 400, height: 400 }, orientation: 1 as const, space: 'shown' as const, exchanged: false };
    const stray = faceOf({ raw: { landmarks: { nose: { x: -50, y: 'NaN' } } } });
    stray.landmarks.nose = { x: -50, y: 10 };
    delete stray.landmarks.mouth_left;
    const [fact] = faceFacts(record([stray]), { id: place, face: null });
    expect(fact?.undrawn).toEqual([
      { name: 'nose', raw: '{"x":-50,"y":"NaN"}' },
      { name: 'mouth left', raw: 'not in the record' },
    ]);
    expect(fact && overlayFaces([fact], place.size)[0]?.landmarks).toHaveLength(3);
  });
});

function overlap([ax = 0, ay = 0, aw = 0, ah = 0]: number[], [bx = 0, by = 0, bw = 0, bh = 0]: number[]): boolean {
  return ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
}
