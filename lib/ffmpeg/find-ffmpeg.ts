import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

const installed = z.object({ path: z.string() });

/**
 * Path of the ffmpeg to use: the one named in the settings, else the system's, which is newer and gets its security
 * fixes, else the one that came with the packages. Null when there is none; a named one that cannot be run counts as none.
 */
export async function findFfmpeg(named: string | undefined): Promise<string | null> {
  if (named !== undefined) return firstRunnable([named]);
  const program = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return firstRunnable([...folders.map((folder) => path.join(folder, program)), ...packaged()]);
}

async function firstRunnable(candidates: readonly string[]): Promise<string | null> {
  for (const candidate of candidates) {
    const runnable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return candidate;
  }
  return null;
}

// The program runs where its packages lie. The package throws when it has no binary for this machine.
function packaged(): string[] {
  try {
    return [installed.parse(createRequire(path.resolve('package.json'))('@ffmpeg-installer/ffmpeg')).path];
  } catch {
    return [];
  }
}
