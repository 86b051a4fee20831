import { describe, expect, it } from 'vitest';
import { decide } from '@/lib/engine/decide/decide';
import type { ClipFacts, Measured, MeasuredFace } from '@/lib/engine/measure/measured';
import { chooseTimes } from '@/lib/engine/video/choose-times';
import type { Motion } from '@/lib/engine/video/motion/measure-motion';

const point = { x: 1, y: 2 };
const face: MeasuredFace = {
  confidence: 0.99,
  box: [1, 2, 30, 40],
  landmarks: { nose: point, leftEye: point, rightEye: point, mouthLeft: point, mouthRight: point },
};
const thresholds = { match: 0.38, liveness: 0.5, rigidity: 0.99 };
const picture = { width: 720, height: 900, faces: [face] };
const alive: Motion = { rigidity: 0.95, shift: 0.2, frames: 8, spanMs: 2500 };

function judge(clip: Partial<ClipFacts>, motion: Partial<Motion> | null = {}) {
  const facts = { frames: 8, alone: 8, frameTimeMs: 300, matchTimeMs: 600, livenessTimeMs: 900, likeness: 0.9, ...clip };
  const measured: Measured = {
    id: picture,
    selfie: picture,
    similarity: 0.8,
    liveness: 0.9,
    clip: { ...facts, motion: motion && { ...alive, ...motion } },
  };
  const { verified, checks } = decide(measured, thresholds);
  const [faces, match, spoof] = checks;
  if (match?.checkType !== 'face_match' || spoof?.checkType !== 'anti_spoofing') throw new Error('Other checks than expected.');
  return { verified, faces, match, spoof };
}

describe('the decision on a video', () => {
  it('verifies a face that changes by itself, and names the frames', () => {
    expect(judge({})).toMatchObject({
      verified: true,
      faces: { frameTimeMs: 300 },
      match: { outcome: 'pass', frameTimeMs: 600 },
      spoof: { outcome: 'pass', frameTimeMs: 900, motion: { rigidity: 0.95, threshold: 0.99, frames: 8 } },
    });
  });

  it('calls a face that is only moved as a whole a flat picture, whatever the model says of its frames', () => {
    expect(judge({}, { rigidity: 0.997 })).toMatchObject({
      verified: false,
      spoof: { outcome: 'fail', reason: expect.stringMatching(/flat picture/) },
    });
  });

  it('calls a face that never moves a photograph, but gives a person who keeps still for a moment the benefit of the doubt', () => {
    const still = { rigidity: 0.998, shift: 0.02 };
    expect(judge({}, still).spoof).toMatchObject({ outcome: 'fail', reason: expect.stringMatching(/photograph/) });
    expect(judge({}, { ...still, spanMs: 1600 })).toMatchObject({ verified: false, spoof: { outcome: 'unknown' } });
    expect(judge({}, { ...still, rigidity: 0.9999, spanMs: 1600 }).spoof.outcome).toBe('fail');
    expect(judge({}, { rigidity: 0.998, spanMs: 900 }).spoof).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringMatching(/900 ms/),
    });
  });

  it('says nothing of a video in which fewer than three frames show one face alone', () => {
    const { verified, match, spoof } = judge({ alone: 2 });
    expect(verified).toBe(false);
    for (const check of [match, spoof])
      expect(check).toMatchObject({ outcome: 'unknown', reason: expect.stringMatching(/^Only 2 of the 8/) });
  });

  it('does not verify when the person changes on the way, or when no motion could be measured', () => {
    expect(judge({ likeness: 0.1 })).toMatchObject({
      verified: false,
      match: { outcome: 'unknown', reason: expect.stringMatching(/changes/) },
    });
    expect(judge({}, null)).toMatchObject({ verified: false, spoof: { outcome: 'unknown', motion: null } });
  });
});

describe('the frames that are looked at', () => {
  const frames = (count: number, keyEvery: number) => Array.from({ length: count }, (_, at) => ({ at: at / 30, key: at % keyEvery === 0 }));

  it('are eight, spread over the whole video, or all there are', () => {
    const { times, keysOnly } = chooseTimes({ frames: frames(240, 240), pixels: 1280 * 720 });
    expect(keysOnly).toBe(false);
    expect(times.map((time) => Math.round(time * 10) / 10)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5]);
    expect(chooseTimes({ frames: frames(5, 5), pixels: 100 }).times).toHaveLength(5);
  });

  it('are key frames where decoding everything would take too long, else early ones', () => {
    const large = 3840 * 2160;
    expect(chooseTimes({ frames: frames(1800, 30), pixels: large })).toMatchObject({ keysOnly: true });
    const early = chooseTimes({ frames: frames(1800, 1800), pixels: large });
    expect(early.keysOnly).toBe(false);
    expect(Math.max(...early.times)).toBeLessThan(5);
  });
});
