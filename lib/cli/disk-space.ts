import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Throws an Error with one sentence when the disk that holds `folder` (or will) has less than `bytes` left for this user. */
export function requireSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(nearest(folder));
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new Error(`The disk of ${folder} has ${gigabytes(free)} left and ${gigabytes(bytes)} are needed; free some space or set DATA_DIR.`);
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
