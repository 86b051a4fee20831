import type { VideoType } from '../image/sniff';
import { UnreadableMedia } from '../image/unreadable-media';
import { FRAME_PIXEL_LIMIT, inputOf } from './input-of';
import { type Ffmpeg, runFfmpeg } from './run-ffmpeg';

/** The frames of a video's picture track as stored, by the time they are shown, in seconds from its start. */
export interface Timeline {
  frames: { at: number; key: boolean }[];
  /** Pixels of one frame. */
  pixels: number;
}

/** A later part is not looked at; what a person shows in a minute is enough, and reading has an end. */
export const LOOKED_AT_S = 60;

const OUTPUT_LIMIT = 8_000_000;

/**
 * Lists the frames of a video without decoding them. What the header says of duration and frame rate is not needed, and
 * for recordings of browsers and fragmented files it says nothing.
 * Throws UnreadableMedia when there is no picture track, nothing in it, or its pictures are too large.
 */
export async function readTimeline(ffmpeg: Ffmpeg, file: string, type: VideoType): Promise<Timeline> {
  const input = ['-t', String(LOOKED_AT_S), ...inputOf(file, type)];
  const { stdout, log } = await runFfmpeg(ffmpeg, [...input, '-c', 'copy', '-f', 'framecrc', '-'], OUTPUT_LIMIT);
  if (/matches no streams|does not contain any stream/.test(log)) {
    throw new UnreadableMedia('The video has no picture track; it may be sound only.');
  }
  const [, wide, high] = /Picture size (\d+)x(\d+) exceeds/.exec(log) ?? [];
  if (wide !== undefined) throw new UnreadableMedia(`The video's pictures are too large: ${wide} x ${high} pixels.`);
  const lines = stdout.toString('latin1').split('\n');
  const [, numerator, denominator] = find(lines, /^#tb 0: (\d+)\/(\d+)/);
  const [, width, height] = find(lines, /^#dimensions 0: (\d+)x(\d+)/);
  const pixels = Number(width) * Number(height);
  if (pixels > FRAME_PIXEL_LIMIT) throw new UnreadableMedia(`The video's pictures are too large: ${width} x ${height} pixels.`);
  const tick = Number(numerator) / Number(denominator);
  const frames = lines.flatMap((line) => {
    // stream, decoding time, showing time, duration, size, checksum; then flags, unless it is just a key frame.
    const [, at, , flags] = /^0, *-?\d+, *(-?\d+), *\d+, *(\d+), 0x[0-9a-f]+(.*)$/.exec(line) ?? [];
    return at === undefined ? [] : [{ at: Number(at) * tick, key: !flags?.includes('F=') }];
  });
  const shown = frames.filter((frame) => frame.at >= 0).sort((a, b) => a.at - b.at);
  if (shown.length === 0) throw unreadable();
  return { frames: shown, pixels };
}

function find(lines: readonly string[], pattern: RegExp): RegExpExecArray {
  for (const line of lines) {
    const found = pattern.exec(line);
    if (found) return found;
  }
  throw unreadable();
}

function unreadable(): UnreadableMedia {
  return new UnreadableMedia('The video cannot be read: it is damaged, cut off or not what its first bytes claim.');
}
