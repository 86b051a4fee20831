import { type ClipFacts, readClipFacts } from './clip-facts';
import { type Printed, runBriefly } from './run-briefly';

export type Container = 'mp4' | 'mov' | 'webm';

/** One frame of a clip as a player shows it: upright, pixels square. */
export interface ExtractedFrame {
  jpeg: Buffer;
  /** Where the frame itself begins, in milliseconds from the start of the clip; not what was asked for. */
  timeMs: number;
  /** Of the clip as shown; the JPEG of a large one has fewer pixels. */
  width: number;
  height: number;
  facts: ClipFacts;
}

/** Why there is no frame, for whoever asked. */
export class NoFrame extends Error {
  readonly facts: ClipFacts;

  constructor(message: string, facts: ClipFacts) {
    super(message);
    this.facts = facts;
  }
}

const DEMUXERS: Record<Container, string> = { mp4: 'mov', mov: 'mov', webm: 'matroska' };
const PIXELS_MAX = 8192 * 8192;
const SIDE_MAX = 1920;
const LISTED_S = 600;
const LISTING_LIMIT = 8_000_000;
const JPEG_LIMIT = 20_000_000;
/** A seek lands on the first frame at or after a moment; rounding must not lead to the one after. */
const BEFORE_THE_FRAME_S = 0.0005;

/**
 * Takes the frame that a player shows at a moment of a clip: the last one that begins no later. Throws `NoFrame` with a sentence where
 * there is none, `RunEnded` when `signal` ended it.
 */
export async function extractFrame(
  program: string,
  { file, container, atMs }: { file: string; container: Container; atMs: number },
  signal: AbortSignal,
): Promise<ExtractedFrame> {
  const safe = ['-protocol_whitelist', 'file', '-max_pixels', String(PIXELS_MAX)];
  const input = ['-f', DEMUXERS[container], '-i', `file:${file}`, '-map', '0:V:0', '-an', '-sn', '-dn'];
  const listing = [...safe, '-t', String(LISTED_S), ...input, '-c', 'copy', '-f', 'framecrc', '-'];
  const listed = await runBriefly(program, listing, { signal, outputLimit: LISTING_LIMIT });
  const facts = readClipFacts(listed.log);
  const begins = beginOf(listed, facts, atMs);
  const from = Math.max(0, begins - BEFORE_THE_FRAME_S);
  const size = `min(1,${SIDE_MAX}/max(iw*sar,ih))`;
  const filters = `showinfo,scale=w='max(2,round(iw*sar*${size}))':h='max(2,round(ih*${size}))':flags=area,setsar=1`;
  const taking = [...safe, '-threads', '2', '-ss', String(from), ...input, '-frames:v', '1', '-vf', filters];
  const taken = await runBriefly(program, [...taking, '-f', 'image2pipe', '-c:v', 'mjpeg', '-q:v', '3', '-'], {
    signal,
    outputLimit: JPEG_LIMIT,
  });
  const shown = /\bpts_time:\s*(-?[\d.]+).*\bsar:\s*(\d+)\/(\d+)\s+s:\s*(\d+)x(\d+)/.exec(taken.log);
  if (!shown || taken.stdout.length === 0)
    throw new NoFrame(`No frame of the clip can be decoded here (${facts.codec ?? 'unknown codec'}).`, facts);
  const [, time, num, den, width, height] = shown.map(Number);
  const aspect = num && den ? num / den : 1;
  const timeMs = Math.max(0, Math.round((from + (time ?? 0)) * 1000));
  return { jpeg: taken.stdout, timeMs, width: Math.round((width ?? 0) * aspect), height: height ?? 0, facts };
}

/** Where the frame begins that is shown at a moment, in seconds. */
function beginOf({ stdout, log }: Printed, facts: ClipFacts, atMs: number): number {
  if (facts.codec === null) {
    if (facts.hasSound) throw new NoFrame('The clip holds sound only: there is no picture in it.', facts);
    throw new NoFrame('The clip cannot be read: it is damaged, cut off or not what its first bytes claim.', facts);
  }
  const lines = stdout.toString('latin1').split('\n');
  const [, ticks = '0', perSecond = '1'] = lines.map((line) => /^#tb 0: (\d+)\/(\d+)/.exec(line)).find(Boolean) ?? [];
  const tick = Number(ticks) / Number(perSecond);
  // stream, decoding time, showing time, duration, size, checksum.
  const begins = lines
    .map((line) => /^0, *-?\d+, *(-?\d+), *\d+, *\d+, 0x/.exec(line)?.[1])
    .flatMap((time) => (time === undefined ? [] : [Number(time) * tick]))
    .filter((time) => time >= 0)
    .sort((a, b) => a - b);
  const last = begins.at(-1);
  if (last === undefined)
    throw new NoFrame(/Invalid data|moov atom not found/.test(log) ? 'The clip is damaged.' : 'The clip holds no frame.', facts);
  const at = atMs / 1000;
  const end = Math.max(last + 1, (facts.durationMs ?? 0) / 1000);
  if (at > end) throw new NoFrame(`The clip ends before ${at.toFixed(2)} s, so there is no frame at that time.`, facts);
  return begins.findLast((begin) => begin <= at + BEFORE_THE_FRAME_S) ?? begins[0] ?? 0;
}
