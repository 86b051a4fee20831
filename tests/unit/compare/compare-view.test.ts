import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignmentNote, comparableFaces, faceToBegin } from '@/components/compare/comparable-faces';
import { compareKey } from '@/components/compare/compare-keys';
import { AT_REST, eyesOnPane, paneAt, panesOf, zoomCompare } from '@/components/compare/compare-view';
import { faceFacts } from '@/components/evidence/face-facts';
import { COMPARE_MODES } from '@/lib/domain/comparison-view';
import { face, record } from '../evidence/record';

const stage = { width: 340, height: 186 };

describe('the panes of a comparison', () => {
  test('show both faces at the same size, with their eyes in the same place of the pane, in every way to compare', () => {
    for (const mode of COMPARE_MODES) {
      const { id, face: selfie } = panesOf(mode, stage);
      const [one, other] = [eyesOnPane(id, AT_REST), eyesOnPane(selfie, AT_REST)];
      expect(other.left.x - one.left.x).toBeCloseTo(selfie.x - id.x);
      expect(other.left.y).toBeCloseTo(one.left.y);
      expect(one.left.x - one.right.x).toBeCloseTo(other.left.x - other.right.x);
      expect(one.left.x).toBeGreaterThan(one.right.x);
    }
  });

  test('move together under zoom and pan, and what lies under the pointer stays there', () => {
    const anywhere = fc.record({ stageX: fc.integer({ min: 0, max: 339 }), stageY: fc.integer({ min: 0, max: 185 }) });
    fc.assert(
      fc.property(anywhere, fc.double({ min: 0.3, max: 8, noNaN: true }), fc.constantFrom(...COMPARE_MODES), (anchor, factor, mode) => {
        const panes = panesOf(mode, stage);
        const pane = paneAt(panes, anchor);
        const before = eyesOnPane(pane, AT_REST);
        const after = eyesOnPane(pane, zoomCompare(AT_REST, factor, pane, anchor));
        const grown = (after.left.x - after.right.x) / (before.left.x - before.right.x);
        expect(after.left.x).toBeCloseTo(anchor.stageX + (before.left.x - anchor.stageX) * grown, 3);
        expect(after.left.y).toBeCloseTo(anchor.stageY + (before.left.y - anchor.stageY) * grown, 3);
      }),
    );
  });
});

describe('the faces that can be compared', () => {
  const picture = { width: 400, height: 300 };
  const place = { size: picture, orientation: 1, space: 'shown', exchanged: false } as const;
  const facts = (faces: Parameters<typeof record>[0]) => faceFacts(record(faces), { id: place, face: place });
  const small = face({ id: 's', number: 1, box: { x1: 10, y1: 10, x2: 30, y2: 34 } });

  test('begin with the portrait, not with the first', () => {
    const { faces } = comparableFaces(facts([small, face({ number: 2 })]), picture);
    expect(faces.map(({ name }) => name)).toEqual(['ID face 1', 'ID face 2']);
    expect(faceToBegin(faces)?.name).toBe('ID face 2');
    expect(faceToBegin([])).toBeNull();
  });

  test('fall back to the box without two eyes, or with eyes outside the picture, and say so', () => {
    const away = face({ landmarks: { left_eye: { x: 900, y: 900 }, right_eye: { x: 850, y: 900 } } });
    for (const poor of [face({ landmarks: { left_eye: { x: 170, y: 150 } } }), away]) {
      const [found] = comparableFaces(facts([poor]), picture).faces;
      expect(found).toMatchObject({ source: 'box' });
      expect(found && alignmentNote(found)).toContain('laid by its box');
    }
  });

  test('leave out, with the reason, what has nothing to lay them by', () => {
    const bare = face({ box: null, boxProblem: 'missing', landmarks: {} });
    const outside = face({ number: 2, box: { x1: 500, y1: 500, x2: 600, y2: 600 }, landmarks: {} });
    expect(comparableFaces(facts([bare, outside]), picture)).toMatchObject({
      faces: [],
      others: [
        { name: 'ID face 1', why: 'The record gives neither two eyes nor a box that can be drawn.' },
        { name: 'ID face 2', why: expect.stringContaining('outside the picture') },
      ],
    });
  });
});

test('with the focus on the comparison keys mean its own verbs, the case’s zoom among them, and Shift the selfie alone', () => {
  const meant = (key: string, shiftKey = false) => compareKey({ key, code: '', shiftKey });
  expect(meant('ArrowLeft')).toBe('faces-left');
  expect(meant('ArrowLeft', true)).toBe('selfie-left');
  expect(meant('+', true)).toBe('zoom-in');
  expect(meant('f')).toBe('fit');
  expect(meant('F', true)).toBeNull();
  expect(meant('a')).toBeNull();
});
