import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PortraitOptions } from '@/lib/cli/demo/portrait';
import { findFfmpeg } from '@/lib/ffmpeg/find-ffmpeg';
import { selfie } from './pictures';

const run = promisify(execFile);

/** How a person holds their head and smiles over a short clip in which they look about and laugh. */
const POSES: PortraitOptions[] = [
  { turn: -6, smile: 0 },
  { turn: 0, smile: 0.2 },
  { turn: 6, smile: 0.5 },
  { turn: 12, smile: 0.8, tilt: 1 },
  { turn: 14, smile: 1, tilt: 2 },
  { turn: 8, smile: 0.7 },
  { turn: 2, smile: 0.3, tilt: -1 },
  { turn: -4, smile: -0.2 },
];

/** A still picture in front of a camera, as ffmpeg filters of a 720 x 900 picture. */
export const MOVED_STILLS: Record<string, string> = {
  panned: "scale=900:1125,crop=720:900:x='90+80*sin(t*1.7)':y='112+60*sin(t*1.1)'",
  enlarged: "zoompan=z='1.02+0.006*on':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s=720x900:fps=25",
  turned: "rotate='0.2*sin(t*1.5)':c=gray",
  shaken: "scale=800:1000,crop=720:900:x='40+6*sin(t*31)+5*sin(t*47)':y='50+6*sin(t*37)+4*sin(t*53)'",
  tilted:
    "perspective=x0='60*sin(on/12)':y0='50*sin(on/17)':x1='W-60*sin(on/15)':x2='50*sin(on/19)':y3='H-60*sin(on/16)':x3='W':y1=0:y2='H':eval=frame",
  'held quite still': 'null',
};

export interface ClipMaker {
  /** Clip of a drawn person who moves and smiles; `args` are ffmpeg's for the output. */
  living(seed: number, name: string, args: readonly string[]): Promise<Buffer>;
  /** Clip of one drawn picture that is moved by filters. */
  still(seed: number, filters: string): Promise<Buffer>;
  /** Runs ffmpeg on what was made, or on nothing. */
  make(input: readonly string[], name: string, args: readonly string[]): Promise<Buffer>;
  /** Path of a file in the folder of this maker. */
  place(name: string): string;
  dispose(): void;
}

export const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20', '-pix_fmt', 'yuv420p', '-r', '25', '-movflags', '+faststart'];

/** Makes video clips of drawn people in a temporary folder. */
export async function clipMaker(): Promise<ClipMaker> {
  const program = await findFfmpeg(undefined);
  if (program === null) throw new Error('These tests make their videos with ffmpeg, and there is none.');
  const folder = mkdtempSync(path.join(tmpdir(), 'second-look-clips-'));
  const place = (name: string) => path.join(folder, name);
  const make = async (input: readonly string[], name: string, args: readonly string[]) => {
    await run(program, ['-v', 'error', '-nostdin', '-y', ...input, ...args, place(name)]);
    return readFile(place(name));
  };
  const drawn = new Set<number>();
  return {
    place,
    make,
    async living(seed, name, args) {
      if (!drawn.has(seed)) {
        for (const [index, pose] of POSES.entries()) writeFileSync(place(`${seed}-${index}.jpg`), await selfie(seed, pose));
        drawn.add(seed);
      }
      return make(['-framerate', '3', '-i', place(`${seed}-%d.jpg`)], name, args);
    },
    async still(seed, filters) {
      if (!existsSync(place(`still-${seed}.jpg`))) writeFileSync(place(`still-${seed}.jpg`), await selfie(seed));
      return make(['-loop', '1', '-framerate', '25', '-t', '2.6', '-i', place(`still-${seed}.jpg`)], 'still.mp4', [
        '-vf',
        filters,
        ...H264,
      ]);
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
