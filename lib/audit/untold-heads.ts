import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointFileNames, checkpointFolder } from './checkpoint-files';
import { parseCheckpoint } from './checkpoint-lines';
import type { Checkpoint } from './signed-head';
import type { WitnessMark } from './witness-mark';

const BYTES_A_RUN = 1 << 16;

/** A signed head of the folder, and where the next one begins. */
export interface UntoldHead {
  head: Checkpoint;
  file: string;
  offset: number;
}

/** Returns the signed heads of the folder behind a mark in the order they were signed, as many as 64 KB hold. Lines that hold none are passed over. */
export function untoldHeads({ file, offset }: Pick<WitnessMark, 'file' | 'offset'>, folder = checkpointFolder()): UntoldHead[] {
  for (const name of checkpointFileNames(folder).filter((one) => one >= file)) {
    const heads = headsOf(folder, name, name === file ? offset : 0);
    if (heads.length > 0) return heads;
  }
  return [];
}

/** Returns whether a mark lies behind the end of the folder, which then lost heads that the witness took. */
export function isAhead({ file, offset }: Pick<WitnessMark, 'file' | 'offset'>, folder = checkpointFolder()): boolean {
  if (file === '') return false;
  if (!checkpointFileNames(folder).includes(file)) return true;
  return withFile(join(folder, file), (descriptor) => fstatSync(descriptor).size < offset);
}

function headsOf(folder: string, file: string, from: number): UntoldHead[] {
  const text = withFile(join(folder, file), (descriptor) => {
    const bytes = Buffer.alloc(BYTES_A_RUN);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
  });
  const heads: UntoldHead[] = [];
  for (let at = 0, end = text.indexOf(10); end >= 0; at = end + 1, end = text.indexOf(10, at)) {
    const head = parseCheckpoint(text.toString('utf8', at, end));
    if (head) heads.push({ head, file, offset: from + end + 1 });
  }
  return heads;
}

function withFile<T>(path: string, work: (descriptor: number) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
