import { describe, expect, test } from 'vitest';
import { compareSide, type SideAtHand } from '@/components/compare/compare-side';
import { faceFacts } from '@/components/evidence/face-facts';
import { face, record } from '../evidence/record';

const size = { width: 400, height: 300 };
const place = { size, orientation: 1, space: 'shown', exchanged: false } as const;
// Nothing here draws: what the bitmap would be does not matter, only that it stays the same one.
const bitmap = { ...size, close: () => {} };
const facts = faceFacts(record([face({ category: 'face' })]), { id: place, face: place });
const ready: SideAtHand['picture'] = {
  status: 'ready',
  bitmap,
  size,
  orientation: 1,
  cut: null,
  close: () => {},
  bytes: 10,
  type: 'video/webm',
  frameTimeMs: 1500,
  about: null,
};
const selfie = (picture: SideAtHand['picture']): SideAtHand => ({ category: 'face', picture, facts });

describe('one side of a comparison', () => {
  test('is on its way without a problem, and says what stands in the way of one that will not come', () => {
    expect(compareSide(selfie({ status: 'loading' }), null)).toMatchObject({ picture: null, problem: null });
    expect(compareSide(selfie({ status: 'missing' }), null).problem).toBe('The selfie is not shown, so it cannot be compared.');
    expect(compareSide(selfie({ status: 'video' }), null).problem).toContain('keep one of the clip to compare by');
    expect(compareSide({ ...selfie(ready), facts: [] }, null).problem).toBe('No face of the selfie can be compared.');
  });

  test('takes a frame kept of a clip in place of its own, and says when the face was not found in that one', () => {
    const still = { bitmap: { ...size, close: () => {} }, timeMs: 1510 };
    const own = compareSide(selfie(ready), null, still);
    expect(own.picture?.bitmap).toBe(still.bitmap);
    expect(own.note).toBeNull();
    expect(compareSide(selfie(ready), null, still).picture).toBe(own.picture);
    const later = compareSide(selfie(ready), null, { ...still, timeMs: 4200 });
    expect(later.note).toBe('The kept frame at 4.20 s is not the one the face was found in: move it by hand.');
    expect(compareSide(selfie({ status: 'video' }), null, still)).toMatchObject({ problem: null, chosen: { name: 'Selfie face 1' } });
  });
});
