import { describe, expect, test } from 'vitest';
import { faceFacts, formatConfidence, formatFacts } from '@/components/evidence/face-facts';
import { overlayFaces } from '@/components/evidence/overlay-face';
import { pictureText } from '@/components/evidence/picture-text';
import { face, record } from './record';

const UNKNOWN = { id: null, face: null };
const SMALL = { x1: 400, y1: 100, x2: 440, y2: 150 };

describe('the facts of a face', () => {
  test('the larger of two faces on an ID is the portrait, whatever their order, and the other its ghost', () => {
    const facts = faceFacts(record([face({ number: 1, box: SMALL }), face({ number: 2 })]), UNKNOWN);
    expect(facts.map(({ name, main }) => [name, main])).toEqual([
      ['ID 1, ghost portrait', false],
      ['ID 2, portrait', true],
    ]);
  });

  test('three faces on an ID are not called ghosts, and a second selfie face is called a further one', () => {
    const selfies = [face({ category: 'face' }), face({ category: 'face', number: 2, box: SMALL })];
    const facts = faceFacts(record([face(), face({ number: 2, box: SMALL }), face({ number: 3, box: SMALL }), ...selfies]), UNKNOWN);
    expect(facts.map(({ name }) => name)).toEqual([
      'ID 1, portrait',
      'ID 2, further face',
      'ID 3, further face',
      'Selfie 1',
      'Selfie 2, further face',
    ]);
  });

  test('size, roll and eye distance are read off box and eyes, and a face without eyes has neither roll nor distance', () => {
    const tilted = face({ landmarks: { left_eye: { x: 40, y: 30 }, right_eye: { x: 0, y: 0 } } });
    const [facts, blind] = faceFacts(record([tilted, face({ number: 2, landmarks: {} })]), UNKNOWN);
    expect(facts && formatFacts(facts)).toBe('100 × 120 px · roll 36.9° · eyes 50.0 px');
    expect(blind && formatFacts(blind)).toBe('100 × 120 px');
  });

  test('a confidence is never rounded up to certainty', () => {
    expect(formatConfidence(0.99999)).toBe('0.9999');
    expect(formatConfidence(1)).toBe('1.0000');
    expect(formatConfidence(null)).toBe('no confidence');
  });

  test('a box that is missing or outside the picture is not drawn and says why; one that is cut is drawn', () => {
    const pictures = {
      id: { size: { width: 180, height: 400 }, orientation: 1 as const, space: 'shown' as const, exchanged: false },
      face: null,
    };
    const facts = faceFacts(
      record([face(), face({ number: 2, box: SMALL }), face({ number: 3, box: null, boxProblem: 'not-numbers', landmarks: {} })]),
      pictures,
    );
    expect(facts.map(({ drawable }) => drawable)).toEqual([true, false, false]);
    expect(facts[0]?.problem).toBe('Part of the box lies outside the picture.');
    expect(facts[1]?.problem).toBe('The box lies outside the picture.');
    expect(facts[2]?.problem).toContain('not a number');
    expect(facts[2]?.problem).toContain('left eye');
  });

  test('everything drawn is also there as text, and what is not drawn is said not to be', () => {
    const facts = faceFacts(record([face(), face({ number: 2, box: null, boxProblem: 'missing' })]), UNKNOWN);
    expect(pictureText('ID document', 'id.jpg', facts)).toBe(
      'ID document, id.jpg. 2 faces: ID 1, portrait, confidence 0.9996; ID 2, further face, confidence 0.9996, not drawn.',
    );
  });

  test('the main face is drawn last and a face with neither box nor landmark not at all', () => {
    const bare = face({ number: 3, box: null, boxProblem: 'missing', landmarks: {} });
    const faces = overlayFaces(faceFacts(record([face(), face({ number: 2, box: SMALL }), bare]), UNKNOWN), null);
    expect(faces.map(({ key }) => key)).toEqual(['id-2', 'id-1']);
  });
});
