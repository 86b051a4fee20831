import { performance } from 'node:perf_hooks';
import type { Decoded } from '../image/decode';
import { Pyramid } from '../image/picture';
import type { VideoType } from '../image/sniff';
import { UnreadableMedia } from '../image/unreadable-media';
import { checkWhole } from './check-whole';
import { type Choice, chooseTimes, FRAMES } from './choose-times';
import { inputOf } from './input-of';
import { parsePpm } from './parse-ppm';
import { readTimeline } from './read-timeline';
import { type Ffmpeg, runFfmpeg, TIME_LIMIT_MS } from './run-ffmpeg';

/** One frame of a video as a player shows it: upright, pixels square. `timeMs` seeks to it. */
export interface Frame extends Decoded {
  timeMs: number;
}

/** How a video is read. */
export interface Clip extends Omit<Ffmpeg, 'until'> {
  type: VideoType;
}

/** Longest side of the frames that are looked at, in pixels. */
const WORKING_SIDE = 1280;

const OUTPUT_LIMIT = FRAMES * (WORKING_SIDE * WORKING_SIDE * 3 + 100);

/** Frames spread over a video, in order. Throws UnreadableMedia with a sentence for the sender when there is nothing to look at. */
export async function takeFrames(file: string, { type, ...child }: Clip): Promise<Frame[]> {
  const ffmpeg: Ffmpeg = { ...child, until: performance.now() + TIME_LIMIT_MS };
  await checkWhole(file, type);
  const choice = chooseTimes(await readTimeline(ffmpeg, file, type));
  const decoder = choice.keysOnly ? ['-skip_frame', 'nokey', '-threads', '2'] : ['-threads', '2'];
  const args = [...inputOf(file, type, decoder), '-vf', filters(choice), '-r', '25', '-frames:v', String(choice.times.length)];
  const { stdout, log } = await runFfmpeg(ffmpeg, [...args, '-f', 'image2pipe', '-c:v', 'ppm', '-'], OUTPUT_LIMIT);
  const shown = readLog(log);
  const frames = parsePpm(stdout).flatMap((picture, index): Frame[] => {
    const { timeMs, width, height } = shown[index] ?? {};
    if (timeMs === undefined || !width || !height) return [];
    const scale = { x: width / picture.width, y: height / picture.height };
    return [{ timeMs, shown: { width, height }, pixels: new Pyramid(picture), scale }];
  });
  if (frames.length === 0) throw new UnreadableMedia('The video cannot be read: no picture in it can be decoded.');
  return frames;
}

/**
 * Keeps the first frame at or after each chosen time, tells of it in the log, and fits it into the working size with
 * square pixels. The times are then numbered anew, so that no frame is doubled or dropped to keep a rate.
 */
function filters({ times }: Choice): string {
  const wanted = times.map((time, index) => {
    const at = (time - 0.0005).toFixed(4);
    return index === 0 ? `isnan(prev_selected_t)*gte(t,${at})` : `gte(t,${at})*lt(prev_selected_t,${at})`;
  });
  const shrink = `min(1,${WORKING_SIDE}/max(iw*sar,ih))`;
  const size = `w='max(2,round(iw*sar*${shrink}))':h='max(2,round(ih*${shrink}))':flags=area`;
  return `select='${wanted.join('+')}',showinfo,scale=${size},setsar=1,settb=1/25,setpts=N`;
}

/** Time and size as shown of every frame the log tells of. The time is rounded up: a player that seeks shows the last frame not after it. */
function readLog(log: string): { timeMs: number; width: number; height: number }[] {
  return log.split('\n').flatMap((line) => {
    const [, time, num, den, width, height] = /\bpts_time:\s*(-?[\d.]+).*\bsar:\s*(\d+)\/(\d+)\s+s:\s*(\d+)x(\d+)/.exec(line) ?? [];
    if (time === undefined) return [];
    const aspect = Number(num) > 0 && Number(den) > 0 ? Number(num) / Number(den) : 1;
    const timeMs = Math.max(0, Math.ceil(Number(time) * 1000 - 1e-6));
    return [{ timeMs, width: Math.round(Number(width) * aspect), height: Number(height) }];
  });
}
