import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Where the service keeps files. `uploads` holds what is not a record yet, `files` what is. */
export interface Folders {
  uploads: string;
  files: string;
}

/** Makes the service's folders under a data folder. */
export async function makeFolders(dataDir: string): Promise<Folders> {
  const folders = { uploads: path.join(dataDir, 'engine', 'uploads'), files: path.join(dataDir, 'engine', 'files') };
  await mkdir(folders.uploads, { recursive: true });
  await mkdir(folders.files, { recursive: true });
  return folders;
}

/** Where a record's file lies: by number, a thousand records a folder. No part of it comes from the sender. */
export function placeOf(folders: Folders, verificationId: number, category: 'id' | 'face'): string {
  return path.join(folders.files, String(Math.floor(verificationId / 1000)), `${verificationId}-${category}`);
}
