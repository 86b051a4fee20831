import { expect, test } from 'vitest';
import { clipSentence } from '@/components/media/clip-sentence';
import { isFrameOf } from '@/components/media/show-frame';

type Asked = Parameters<typeof clipSentence>[0];
const size = { width: 240, height: 180 };

function said({
  state,
  kind = 'parts',
  ...asked
}: Partial<Omit<Asked, 'clip'>> & { state?: object; kind?: Asked['clip']['source']['kind'] }): string {
  const known = { size, frame: 2, facesAt: 2, endsBefore: false, duration: 6, ...state };
  return clipSentence({ faces: 1, frameTimeMs: 2000, certain: false, guessing: false, ...asked, clip: { source: { kind }, state: known } });
}

test('a frame is certified only while its own time was read back, and every reason why not is named', () => {
  expect(said({ certain: true })).toBe('The face was found in the frame at 2.00 s: this one.');
  expect(said({})).toBe('The face was found in the frame at 2.00 s; on other frames none is drawn.');
  const unknown = { state: { facesAt: null } };
  expect(said({ ...unknown, frameTimeMs: null })).toBe(
    'Frame unknown: the record does not say which frame the face belongs to. None is drawn.',
  );
  expect(said(unknown)).toBe('Frame unknown: this browser does not report which frame it shows. None is drawn.');
  expect(said({ ...unknown, kind: 'none' })).toContain('sends no parts of the clip, and it could not be fetched whole (at most 100 MB)');
  expect(said({ frameTimeMs: 99_000, state: { facesAt: null, endsBefore: true } })).toBe(
    'Frame unknown: the record names the frame at 1:39.00, but the clip ends at 6.00 s. None is drawn.',
  );
  expect(said({ ...unknown, kind: 'fetching' })).toBe(
    'The verification service sends no parts of this clip, so all of it is being fetched.',
  );
  expect(said({ ...unknown, guessing: true, faces: 2 })).toBe('Frame unknown: the 2 faces may belong to another frame than this one.');
});

test('the last frame of a clip stands for no moment beyond its end, and a frame that begins later for none before it', () => {
  expect(isFrameOf(5.9, 5.95, 6)).toBe(true);
  expect(isFrameOf(5.9, 6, 6)).toBe(false);
  expect(isFrameOf(5.9, 99, 6)).toBe(false);
  // A clip written while it was recorded states the beginning of its last frame as its length.
  expect(isFrameOf(5.9, 5.9, 5.9)).toBe(true);
  expect(isFrameOf(2.1, 2, 6)).toBe(false);
  expect(isFrameOf(0, 1.9, Number.POSITIVE_INFINITY)).toBe(true);
});
