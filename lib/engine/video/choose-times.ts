import type { Timeline } from './read-timeline';

/** Which frames to take: when they are shown (seconds, rising), and whether only key frames need decoding. */
export interface Choice {
  times: number[];
  keysOnly: boolean;
}

/** Frames looked at in one video. */
export const FRAMES = 8;

/** Pixels decoded on the way to the last frame, about 15 seconds of full HD: more would not end in time on a busy machine. */
const DECODE_LIMIT = 1_000_000_000;

/**
 * Frames spread evenly over a video. Where decoding all of it is too much, the key frames stand for it, and where there
 * are too few of those, its beginning does. Pure.
 */
export function chooseTimes({ frames, pixels }: Timeline): Choice {
  const affordable = Math.max(FRAMES, Math.floor(DECODE_LIMIT / Math.max(1, pixels)));
  if (frames.length <= affordable) return { times: spread(frames.map((frame) => frame.at)), keysOnly: false };
  const keys = frames.filter((frame) => frame.key);
  if (keys.length >= FRAMES) return { times: spread(keys.map((frame) => frame.at)), keysOnly: true };
  return { times: spread(frames.slice(0, affordable).map((frame) => frame.at)), keysOnly: false };
}

/** Up to FRAMES of the times, each the middle of an equal share. */
function spread(times: readonly number[]): number[] {
  const count = Math.min(FRAMES, times.length);
  return Array.from({ length: count }, (_, share) => times[Math.floor(((share + 0.5) * times.length) / count)] ?? 0);
}
