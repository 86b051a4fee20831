import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const LINE_END = 0x0a;

/**
 * Appends one line to a file and brings it to the disk before this returns. A line that a power cut or a full disk left open is closed first,
 * so that it spoils no other. Throws when the file cannot be written; what was written of the line is then closed by the next call.
 */
export function appendLine(path: string, line: string): void {
  const file = openSync(path, 'a+');
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    const open = size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== LINE_END;
    const bytes = Buffer.from(open ? `\n${line}` : line);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
    if (size === 0) syncFolder(dirname(path));
  } finally {
    closeSync(file);
  }
}

/** Brings the names of a folder to the disk, so that a new file is still there after a power cut. Does nothing where the system has no such call. */
export function syncFolder(path: string): void {
  let folder: number;
  try {
    folder = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(folder);
  } catch {
    // Windows syncs no folders.
  } finally {
    closeSync(folder);
  }
}
