import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** A folder of pictures. */
export interface PictureFolder {
  name: string;
  /** Paths of its files, in order of their names. */
  pictures: string[];
}

const PICTURE = /\.(jpe?g|png|webp)$/i;

/** The folders right below `dir` that hold jpg, png or webp files, in order of their names. Throws an Error with one sentence when there is none. */
export async function pictureFolders(dir: string): Promise<PictureFolder[]> {
  const entries = await list(dir);
  const folders: PictureFolder[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const pictures = await picturesIn(path.join(dir, name));
    if (pictures.length > 0) folders.push({ name, pictures });
  }
  if (folders.length > 0) return folders;
  if (entries.some((entry) => PICTURE.test(entry.name))) {
    throw new Error(`${dir} holds pictures but no folders of pictures: put the pictures of each person into a folder of their own.`);
  }
  throw new Error(`${dir} holds no folder with jpg, png or webp pictures.`);
}

/** The pictures right in one folder, which must be there. */
export async function picturesIn(dir: string): Promise<string[]> {
  const entries = await list(dir);
  return entries.filter((entry) => !entry.isDirectory() && PICTURE.test(entry.name)).map((entry) => path.join(dir, entry.name));
}

async function list(dir: string): Promise<Dirent[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Error(`There is no folder ${dir}.`);
    if (error.code === 'ENOTDIR') throw new Error(`${dir} is no folder.`);
    throw error;
  });
  return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
}
